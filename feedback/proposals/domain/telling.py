"""What became of a wish is told to everybody who asked for it: once each, whatever happens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from community.builds.queries import muted_mails
from community.forum.models import Watch
from community.notices.domain.telling import tell
from feedback.proposals.models import AnswerNews, Proposal
from feedback.proposals.models.history import NewsQuerySet

ANSWERED = "proposals.answered"
TOLD_AT_ONCE = 1000
EVERYBODY = 2**31 - 1

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


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a piece of news says; `source` is what happened, of which a member hears once."""

    kind: str
    words: dict[str, str]
    source: str
    by: int | None = None


def tell_answers(*, at: datetime, most: int = TOLD_AT_ONCE) -> Told:
    """Tell the answers that are untold, of wishes that everybody may read."""
    untold = AnswerNews.objects.untold().filter(change__proposal__in=Proposal.objects.visible())
    known = untold.select_related("change__proposal__product", "change__proposal__merged_into")
    return tell_news(known, _said, at=at, most=most)


def _said(news: AnswerNews) -> Said:
    change, proposal = news.change, news.proposal
    words = {
        "proposal": str(proposal.pk),
        "title": proposal.title,
        "status": change.status,
        "build": f"{proposal.product.name} {change.build}" if change.build else "",
        "excerpt": change.reason,
    }
    if proposal.merged_into:
        words |= {"into": str(proposal.merged_into.pk), "other": proposal.merged_into.title}
    return Said(kind=ANSWERED, words=words, source=f"proposal answer {change.pk}", by=change.by_id)


def tell_news(
    untold: NewsQuerySet, say: Callable[[Any], Said | None], *, at: datetime, most: int
) -> Told:
    """Tell so many members at a time; a run that is stopped is taken up where it was.

    What there is nothing to say of now stays untold.
    """
    proposals = members = 0
    for pk in list(untold.order_by("pk").values_list("pk", flat=True)):
        told = 0
        while (step := _tell_some(untold.filter(pk=pk), say, at, most)) is not None:
            told += step
        proposals, members = proposals + 1, members + told
    return Told(proposals=proposals, members=members)


@transaction.atomic
def _tell_some(
    untold: NewsQuerySet, say: Callable[[Any], Said | None], at: datetime, most: int
) -> int | None:
    """Tell the next members in one transaction with noting it; None when there is nobody left."""
    news = untold.select_for_update(skip_locked=True, of=("self",)).first()
    if news is None or (said := say(news)) is None:
        return None
    proposal: Proposal = news.proposal
    asked = _audience(proposal.pk, news.told_up_to, most)
    told = tell(
        kind=said.kind,
        members=asked,
        about=f"proposal:{proposal.pk}",
        url=proposal.get_absolute_url(),
        words=said.words,
        by=said.by,
        at=at,
        source=said.source,
        by_mail=said.kind not in muted_mails(proposal.product_id),
    )
    untold.update(
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


def everybody_who_asked(proposals: Iterable[int]) -> set[int]:
    """Everybody who is told what became of some wishes."""
    return {member for pk in proposals for member in _audience(pk, 0, EVERYBODY)}
