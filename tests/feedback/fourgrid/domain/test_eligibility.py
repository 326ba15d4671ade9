"""What is said beforehand is what the vote itself says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.builds.models import Build, Install
from community.members.models import Device, Member
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.domain.eligibility import obstacle
from feedback.fourgrid.domain.refusals import BallotRefused, Reason
from feedback.fourgrid.models import Ballot

HOUR = timedelta(hours=1)
NOW = timezone.now()
NOTHING = Answers(Ballot.Mood.HAPPY, (), (), ())


@dataclass
class Case:
    """A member and a build, and what is in the way."""

    reason: Reason | None
    member: dict[str, Any] = field(default_factory=dict)
    build: dict[str, Any] = field(default_factory=dict)
    has_install: bool = False


CASES = [
    Case(None),
    Case(Reason.TAKEN_BACK, build={"state": Build.State.RECALLED}),
    Case(Reason.NOT_OPEN, build={"ballots_open_at": NOW + 3 * HOUR}),
    Case(Reason.CLOSED, build={"ballots_close_at": NOW - HOUR}),
    Case(Reason.INACTIVE, member={"is_active": False, "verified": False}),
    Case(Reason.SUSPENDED, member={"suspended_until": NOW + HOUR, "verified": False}),
    Case(None, member={"suspended_until": NOW - HOUR}),
    Case(Reason.UNVERIFIED_ADDRESS, member={"verified": False, "joined": HOUR}),
    Case(None, member={"joined": HOUR}),
    Case(Reason.YOUNG_ACCOUNT, {"joined": HOUR}, {"requires_older_account": True}),
    Case(Reason.UNVERIFIED_INSTALL, build={"requires_verified_install": True}),
    Case(None, build={"requires_verified_install": True}, has_install=True),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.reason))
def test_both_say_the_same(
    case: Case, make_member: Callable[..., Member], make_build: Callable[..., Build]
) -> None:
    member, build = make_member(**case.member), make_build(**case.build)
    if case.has_install:
        device = Device.objects.create(
            member=member, family="Phone", public_key=b"k", added_at=timezone.now()
        )
        Install.objects.create(build=build, device=device, reported_at=timezone.now())
    build.refresh_from_db()
    before = obstacle(member=member, build=build, at=timezone.now())
    assert (before and before.reason) == case.reason
    assert (before and before.moment) == _moment(member, build)


def _moment(member: Member, build: Build) -> object:
    try:
        save_ballot(member_id=member.pk, build_id=build.pk, answers=NOTHING)
    except BallotRefused as refused:
        return refused.moment
    return None
