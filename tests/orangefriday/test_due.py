"""manage.py advance does what is due, in the order of the week, and nothing twice."""

import base64
import io

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from community.builds.models import Build
from community.forum.domain.posting import open_topic
from community.forum.models import Board, SearchEntry
from community.notices.models import Notice
from tests.community.builds.making import AWARD, State, make_build, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signing_key(settings: Settings) -> None:
    settings.AWARD_SIGNING_KEY = base64.b64encode(bytes(32)).decode()


def advance(*arguments: str) -> str:
    said = io.StringIO()
    call_command("advance", *arguments, stdout=said)
    return said.getvalue()


def test_a_whole_week_is_caught_up_in_one_call() -> None:
    build = make_build(State.PUBLISHED)
    said = advance("--at", AWARD.isoformat())
    version = build.version
    assert said.splitlines() == [
        f"{version}: closed",
        f"{version}: tallied",
        f"{version}: reported",
        f"{version}: award computed",
        f"{version}: award announced",
        f"{version}: managers told of the report",
        "Steps done: 6.",
    ]
    assert Build.objects.get(pk=build.pk).state == State.AWARDED


def test_the_second_call_finds_nothing_due() -> None:
    make_build(State.PUBLISHED)
    advance("--at", AWARD.isoformat())
    assert advance("--at", AWARD.isoformat()) == "Nothing is due.\n"


def test_search_reads_what_was_said_and_who_is_mentioned_is_told() -> None:
    mei, board = make_member("mei"), Board.objects.get(slug="chat")
    open_topic(board=board, title="Look", body="@mei", author=make_member(), at=AWARD)
    advance("--at", AWARD.isoformat())
    assert (SearchEntry.objects.count(), Notice.objects.get().member) == (1, mei)


def test_the_moment_is_chosen_in_a_development_database_only(settings: Settings) -> None:
    settings.LOCAL = settings.DEBUG = False
    with pytest.raises(CommandError, match="the clock decides"):
        advance("--at", AWARD.isoformat())


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="not a moment like"):
        advance("--at", "tomorrow")
