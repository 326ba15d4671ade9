"""A streak is builds in a row; one that was left out begins another."""

from django.db import connection
from django.utils import timezone

from community.members.models import Member
from feedback.fourgrid.domain import streaks, tally
from feedback.fourgrid.domain.answers import Answers
from tests.feedback.fourgrid.conftest import MakeBuild, MakeMember
from tests.feedback.fourgrid.domain.test_tally import close, vote

NOTHING = {"mood": "happy", "loved": [], "let_down": [], "wishes": [], "comments": {}}


def longest() -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(*streaks.longest(timezone.now()))
        return dict(cursor.fetchall())


def a_week(make_build: MakeBuild, *voters: Member) -> None:
    build = make_build()
    for voter in voters:
        vote(voter, build, Answers.parse(NOTHING))
    close(build)
    tally.count(build_id=build.pk, at=timezone.now())


def test_only_builds_in_a_row_make_a_streak(make_build: MakeBuild, make_member: MakeMember) -> None:
    every, late, staff = make_member(), make_member(), make_member(is_staff=True)
    a_week(make_build, every, late, staff)
    a_week(make_build, every, staff)
    for _ in range(3):
        a_week(make_build, every, late, staff)
    assert longest() == {every.pk: 5}
    a_week(make_build, late)
    assert longest() == {every.pk: 5, late.pk: 4}
