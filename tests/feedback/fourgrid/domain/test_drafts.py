"""Half-filled ballots: kept whatever is in them, offered until they are sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid.domain import drafts, tally
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.models import BallotDraft


def keep(member: Member, build: Build, raw: object) -> object:
    drafts.keep(member_id=member.pk, build_id=build.pk, raw=raw, at=timezone.now())
    draft = drafts.find(member_id=member.pk, build_id=build.pk)
    return draft and draft.content


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ({"mood": "sad"}, {"mood": "sad"}),
        ({"mood": "angry", "loved": [3, 3, "4", -1, True]}, {"loved": [3]}),
        ({"wishes": [1, 2, 3, 4]}, {"wishes": [1, 2, 3]}),
        ({"comments": {"loved": "好" * 501}}, {"comments": {"loved": "好" * 500}}),
        ({"comments": {"loved": "\0", "mood": "\ud800", "x" * 99: "y"}}, {"comments": {}}),
        ({"loved": None, "comments": "no", "mood": ["sad"]}, {}),
        (["no", "object"], {}),
    ],
)
def test_only_parts_of_a_ballot_are_kept(
    raw: object, kept: dict[str, object], member: Member, build: Build
) -> None:
    assert keep(member, build, raw) == kept


def test_the_latest_draft_is_the_one(member: Member, build: Build) -> None:
    keep(member, build, {"mood": "sad"})
    assert keep(member, build, {"mood": "happy"}) == {"mood": "happy"}
    assert BallotDraft.objects.count() == 1


def test_a_draft_that_was_sent_is_not_offered(
    member: Member, build: Build, answers: Answers
) -> None:
    keep(member, build, {"mood": "sad"})
    save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)
    assert drafts.find(member_id=member.pk, build_id=build.pk) is None
    assert keep(member, build, {"mood": "happy"}) == {"mood": "happy"}


def test_a_draft_can_be_thrown_away(member: Member, build: Build) -> None:
    keep(member, build, {"mood": "sad"})
    drafts.throw_away(member_id=member.pk, build_id=build.pk)
    assert drafts.find(member_id=member.pk, build_id=build.pk) is None


def test_drafts_end_with_the_tally(member: Member, build: Build) -> None:
    keep(member, build, {"mood": "sad"})
    now = timezone.now()
    Build.objects.filter(pk=build.pk).update(
        ballots_close_at=now, state=Build.State.CLOSED, closed_at=now, tally_at=now
    )
    tally.count(build_id=build.pk, at=now + timedelta(minutes=10))
    assert not BallotDraft.objects.exists()
