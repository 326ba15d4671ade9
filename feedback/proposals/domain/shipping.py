"""Closing the loop: a wish ships with its build, and everybody who asked is told, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from community.builds.models import Build, Feature
from community.forum.models import Watch
from community.notices.domain.telling import tell
from feedback.proposals.domain.answering import announce_if_out, answer_proposal, build_of
from feedback.proposals.domain.refusals import WishRefused
from feedback.proposals.models import Proposal, ShippedNews

NOTICE = "proposals.shipped"
TOLD_AT_ONCE = 1000
# A wish that was shipped longer ago is no news any more.
NEWS_FOR = timedelta(days=14)

# Who wrote it, voted for it or for what was merged into it, or follows its talk.
_AUDIENCE = """
WITH RECURSIVE family (id, author_id, topic_id) AS (
    SELECT id, author_id, topic_id FROM proposals_proposal WHERE id = %(proposal)s
     UNION ALL
    SELECT merged.id, merged.author_id, merged.topic_id
      FROM family JOIN proposals_proposal AS merged ON merged.merged_into_id = family.id
)
SELECT asked.member_id FROM (
    SELECT author_id AS member_id FROM family WHERE author_id IS NOT NULL
     UNION
    SELECT vote.member_id FROM family JOIN proposals_vote AS vote ON vote.proposal_id = family.id
     UNION
    SELECT watch.member_id FROM family JOIN forum_watch AS watch USING (topic_id)
     WHERE watch.level >= %(follows)s
) AS asked
 WHERE asked.member_id > %(after)s
 ORDER BY asked.member_id LIMIT %(most)s
"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """How many were told of how many wishes."""

    proposals: int
    members: int


def ship_due(*, at: datetime) -> list[int]:
    """Ship the wishes whose change went out, and have the news told; gives their proposals."""
    out = Q(built_as__build__published_at__lte=at)
    waiting = Proposal.objects.filter(out, status__in=Proposal.PLANNED[:2])
    due = waiting.exclude(built_as__build__state=Build.State.RECALLED)
    shipped = [proposal.pk for proposal in due.select_related("built_as") if _ship(proposal, at)]
    lately = Proposal.objects.filter(status=Proposal.Status.SHIPPED, news=None)
    since = at - NEWS_FOR
    by_feature = Q(shipped_as__build__published_at__gt=since)
    by_build = Q(shipped_as=None, accepted_for__published_at__gt=since)
    for proposal in lately.filter(by_feature | by_build):
        announce_if_out(proposal, at=at)
    return shipped


def _ship(proposal: Proposal, at: datetime) -> bool:
    feature: Feature | None = proposal.built_as
    if feature is None:
        return False
    try:
        answer_proposal(
            proposal=proposal,
            status=Proposal.Status.SHIPPED,
            at=at,
            accepted_for=feature.build,
            shipped_as=feature,
        )
    except WishRefused:  # answered otherwise a moment ago
        return False
    return True


def tell_shipped(*, at: datetime, most: int = TOLD_AT_ONCE) -> Told:
    """Tell what is untold, so many members at a time; a run that is stopped is taken up where it
    was, and nobody hears of a wish twice."""
    proposals = members = 0
    for pk in list(ShippedNews.objects.untold().order_by("pk").values_list("pk", flat=True)):
        told = 0
        while (step := _tell_some(pk, at, most)) is not None:
            told += step
        proposals, members = proposals + 1, members + told
    return Told(proposals=proposals, members=members)


@transaction.atomic
def _tell_some(news_id: int, at: datetime, most: int) -> int | None:
    """Tell the next members in one transaction with noting it; None when there is nobody left."""
    untold = ShippedNews.objects.untold().select_for_update(skip_locked=True, of=("self",))
    news = untold.select_related("proposal__product").filter(pk=news_id).first()
    if news is None:
        return None
    proposal = news.proposal
    build = build_of(proposal)
    if build is None or build.state == Build.State.RECALLED:
        return None
    asked = _audience(proposal.pk, news.told_up_to, most)
    told = tell(
        kind=NOTICE,
        members=asked,
        about=f"proposal:{proposal.pk}",
        url=proposal.get_absolute_url(),
        words=_words(proposal, build),
        by=None,
        at=at,
        source=f"proposal:{proposal.pk} shipped",
    )
    ShippedNews.objects.filter(pk=news.pk).update(
        told=F("told") + told,
        told_up_to=asked[-1] if asked else news.told_up_to,
        told_at=at if len(asked) < most else None,
    )
    return told


def _audience(proposal_id: int, after: int, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            _AUDIENCE,
            {
                "proposal": proposal_id,
                "follows": Watch.Level.TRACKING,
                "after": after,
                "most": most,
            },
        )
        return [pk for (pk,) in cursor.fetchall()]


def _words(proposal: Proposal, build: Build) -> dict[str, str]:
    return {
        "title": proposal.title,
        "build": f"{build.product.name} {build.version}",
        "engineers": builders_of(proposal) or proposal.product.name,
    }


def builders_of(proposal: Proposal) -> str:
    """Who built it, by the credits of its change: "林浩, Mei"; "" without a change."""
    if proposal.shipped_as is None:
        return ""
    signed = proposal.shipped_as.credits.select_related("engineer").order_by("-share", "pk")
    return ", ".join(credit.engineer.name for credit in signed)
