"""Versions of ballots are only ever added."""

import pytest
from django.db import IntegrityError, connection

from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fourgrid_ballotversion SET mood = 4",
        "DELETE FROM fourgrid_ballotversion",
        "TRUNCATE fourgrid_ballotversion",
    ],
)
def test_a_saved_version_is_never_changed(
    statement: str, member: Member, build: Build, answers: Answers
) -> None:
    save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)
    with pytest.raises(IntegrityError, match="only ever added"), connection.cursor() as cursor:
        cursor.execute(statement)
