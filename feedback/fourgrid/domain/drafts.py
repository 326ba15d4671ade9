"""Half-filled ballots, kept on the account so that another device can go on (草稿)."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef

from feedback.fourgrid.domain.answers import COMMENT_LIMIT, LIMITS, MOODS, can_be_stored, is_id
from feedback.fourgrid.models import Ballot, BallotDraft

LONGEST_PLACE = len("feature:") + 19
MOST_COMMENTS = 14  # four cells, ten features


def keep(*, member_id: int, build_id: int, raw: object, at: datetime) -> None:
    """Keep the member's half-filled answers on a build; what no ballot could hold is left out.

    A draft is scratch paper: whether it is a ballot is judged when it is sent as one.
    """
    draft = BallotDraft(build_id=build_id, member_id=member_id, content=_storable(raw), saved_at=at)
    BallotDraft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["build", "member"],
        update_fields=["content", "saved_at"],
    )


def find(*, member_id: int, build_id: int) -> BallotDraft | None:
    """What the member has filled in and not sent; a draft older than the ballot was sent."""
    sent_later = Ballot.objects.filter(
        build=OuterRef("build_id"), member=OuterRef("member_id"), saved_at__gte=OuterRef("saved_at")
    )
    drafts = BallotDraft.objects.filter(~Exists(sent_later), build=build_id, member=member_id)
    return drafts.first()


def throw_away(*, member_id: int, build_id: int) -> None:
    """Forget a draft; the vote itself leaves it lying, to stay quick."""
    BallotDraft.objects.filter(build_id=build_id, member_id=member_id).delete()


def _storable(raw: object) -> dict[str, object]:
    """The parts of a half-filled ballot: an unanswered cell has no key."""
    if not isinstance(raw, Mapping):
        return {}
    content: dict[str, object] = {}
    if isinstance(mood := raw.get("mood"), str) and mood in MOODS:
        content["mood"] = mood
    for cell, most in LIMITS.items():
        if isinstance(ids := raw.get(cell), list):
            content[cell] = list(dict.fromkeys(filter(is_id, ids)))[:most]
    if isinstance(comments := raw.get("comments"), Mapping):
        content["comments"] = _comments(comments)
    return content


def _comments(raw: Mapping[object, object]) -> dict[str, str]:
    kept = {
        place: text[:COMMENT_LIMIT]
        for place, text in raw.items()
        if isinstance(place, str)
        and len(place) <= LONGEST_PLACE
        and isinstance(text, str)
        and can_be_stored(place + text)
    }
    return dict(list(kept.items())[:MOST_COMMENTS])
