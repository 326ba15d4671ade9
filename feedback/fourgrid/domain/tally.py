"""Counts the verdicts of a closed build, once, and counts them again to compare (计票)."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce

from community.builds.models import Build, Credit
from feedback.fourgrid import queries
from feedback.fourgrid.models import Ballot, BallotDraft, FeatureTally, ProposalTally, Tally


class NotClosed(Exception):
    """Only a build whose window closed by itself is counted."""


@transaction.atomic
def count(*, build_id: int, at: datetime) -> Tally:
    """Count and store the ballots of a closed build; the second time, give back the first.

    ``at`` is written down as the moment of counting. Raises ``NotClosed``.
    """
    # Who comes second waits for this row, then finds the tally.
    build = Build.objects.select_for_update(no_key=True).get(pk=build_id)
    if tally := Tally.objects.filter(build=build).first():
        return tally
    if build.state not in {Build.State.CLOSED, Build.State.AWARDED} or build.closed_at is None:
        raise NotClosed(f"Build {build} is {build.state}.")
    tally = Tally.objects.create(
        build=build,
        counted_at=at,
        eligible=queries.eligible_members(build, build.closed_at).count(),
        **queries.count_ballots(build.pk)._asdict(),
    )
    FeatureTally.objects.bulk_create(
        FeatureTally(tally=tally, **row._asdict()) for row in queries.count_features(build.pk)
    )
    ProposalTally.objects.bulk_create(
        ProposalTally(tally=tally, **row._asdict()) for row in queries.count_wishes(build.pk)
    )
    BallotDraft.objects.filter(build=build).delete()  # nobody can send them any more
    return tally


def recount(build_id: int) -> tuple[Counter[str], Counter[tuple[int, str]], Counter[int]]:
    """Count the stored ballots again, one by one and in another way than ``count``.

    Gives moods by name, (feature, verdict) pairs on the work of others, and proposals. For checks:
    it reads every row.
    """
    moods: Counter[str] = Counter()
    verdicts: Counter[tuple[int, str]] = Counter()
    wishes: Counter[int] = Counter()
    builder = Coalesce("engineer__member", "engineer__merged_into__member")
    credits_ = Credit.objects.filter(feature__build=build_id).annotate(builder=builder)
    own = set(credits_.values_list("builder", "feature"))
    for ballot in Ballot.objects.filter(build=build_id).counted().iterator():
        moods[Ballot.Mood(ballot.mood).name.lower()] += 1
        verdicts.update(
            (feature, verdict)
            for feature, verdict in _verdicts(ballot)
            if (ballot.member_id, feature) not in own
        )
        wishes.update(ballot.wishes)
    return moods, verdicts, wishes


def _verdicts(ballot: Ballot) -> Iterable[tuple[int, str]]:
    for cell in ("loved", "let_down"):
        for place, feature in enumerate(getattr(ballot, cell)):
            yield feature, cell if place else f"{cell}_most"
