"""Everything that is due now, in the order of the week: what Celery's beat does, in one call."""

from datetime import datetime

from awards.popcorn import tasks as popcorn
from community.builds.domain import week
from community.builds.models import Build
from community.forum.domain.crediting import credit_fixed
from community.forum.domain.moderation.timers import run_timers
from community.forum.tasks import index_posts, remind_all_due, tell_all_untold
from community.honours.domain.ranking import rank
from feedback.fourgrid import tasks as fourgrid
from feedback.fourgrid.domain.crediting import credit_counted
from feedback.polls import tasks as polls
from feedback.proposals.crediting import credit_wishes
from feedback.proposals.domain import rounds, shipping, telling
from feedback.reports.domain import store_due
from feedback.reports.domain.telling import tell_due as tell_reports


def advance(*, at: datetime) -> list[str]:
    """Do what is due at a moment; gives a line for each step, refused ones with their reason."""
    lines = [
        f"{step.version}: not {step.did}. {step.refused}"
        if step.refused
        else f"{step.version}: {step.did}"
        for step in week.advance(at=at)
    ]
    for done, what in (
        (fourgrid.tally_due(at), "tallied"),
        ([report.build_id for report in store_due(at=at) if report.is_final], "reported"),
        (popcorn.compute_all_due(at), "award computed"),
        (popcorn.announce_all_due(at), "award announced"),
        (tell_reports(at=at), "managers told of the report"),
    ):
        versions = dict(Build.objects.filter(pk__in=done).values_list("pk", "version"))
        lines += [f"{versions[build]}: {what}" for build in done]
    lines += [f"poll {pk}: closed" for pk in polls.close_all_due(at)]
    rounds.advance(at=at)
    shipping.ship_due(at=at)
    shipping.tell_shipped(at=at)
    telling.tell_answers(at=at)
    # What was said: search reads it, and who watches is told.
    run_timers(at=at)
    index_posts()
    remind_all_due(at)
    tell_all_untold(at)
    for credit in (credit_counted, credit_wishes, credit_fixed):
        credit(at=at)
    rank(at=at)
    return lines
