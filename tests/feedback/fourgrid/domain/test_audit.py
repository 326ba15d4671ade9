"""A ballot changed behind the vote's back is named, whatever was done to it."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.audit import findings
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.models import Ballot


@pytest.fixture
def voters(make_member: Callable[..., Member], build: Build, answers: Answers) -> list[Member]:
    members = [make_member() for _ in range(3)]
    for member in members:
        save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)
        changed = replace(answers, mood=Ballot.Mood.SAD)
        save_ballot(member_id=member.pk, build_id=build.pk, answers=changed)
    return members


def tamper(statement: str, member: Member) -> None:
    """What somebody with the database's own rights could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, {"member": member.pk})
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def problems(build: Build, member: Member) -> list[str]:
    found = list(findings(build.pk))
    assert {finding.member_id for finding in found} <= {member.pk}
    return [finding.problem for finding in found]


def test_untouched_ballots_are_in_order(voters: list[Member], build: Build) -> None:
    assert list(findings(build.pk)) == []
    output = StringIO()
    call_command("audit_ballots", build.slug, stdout=output)
    assert f"The 3 ballots of {build} are as they were saved." in output.getvalue()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE fourgrid_ballot SET mood = 1 WHERE member_id = %(member)s",
            ["changed", "receipt"],
        ),
        ("DELETE FROM fourgrid_ballot WHERE member_id = %(member)s", ["removed"]),
        ("DELETE FROM fourgrid_ballotversion WHERE member_id = %(member)s", ["added"]),
        (
            "DELETE FROM fourgrid_ballotversion WHERE member_id = %(member)s AND revision = 1",
            ["gap"],
        ),
        (
            "UPDATE fourgrid_ballotversion SET loved = '{}' WHERE member_id = %(member)s",
            ["changed"],
        ),
        (
            """
            UPDATE fourgrid_ballot SET comments = '{}' WHERE member_id = %(member)s;
            UPDATE fourgrid_ballotversion SET comments = '{}' WHERE member_id = %(member)s
            """,
            ["receipt"],
        ),
    ],
)
def test_what_was_tampered_with_is_named(
    statement: str, found: list[str], voters: list[Member], build: Build
) -> None:
    tamper(statement, voters[1])
    assert problems(build, voters[1]) == found


def test_the_command_names_the_ballot_and_fails(voters: list[Member], build: Build) -> None:
    tamper("DELETE FROM fourgrid_ballot WHERE member_id = %(member)s", voters[0])
    output = StringIO()
    with pytest.raises(CommandError, match=f"1 findings in the ballots of {build}"):
        call_command("audit_ballots", build.slug, stdout=output)
    assert f"member {voters[0].pk}: This ballot was saved and is gone." in output.getvalue()


def test_the_command_needs_a_build(db: None) -> None:
    with pytest.raises(CommandError, match=r"There is no build 0\.0"):
        call_command("audit_ballots", "0.0")
