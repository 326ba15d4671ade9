"""Votes in flight as the window closes: acknowledged and counted, or refused and not counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.builds.domain import week
from community.builds.domain.refusals import TooEarly
from feedback.fourgrid.domain import tally
from tests.faults import checker, defences
from tests.faults.world import make_people, open_build

CONTROLS = 5
VOTERS = 2000  # more than can vote in the time
OPEN_FOR = timedelta(seconds=1)
SLOW_SECONDS = 0.3  # longer than it takes from the close to the count


@pytest.fixture(scope="module")
def people(product):
    return make_people(VOTERS)


@pytest.fixture
def race(site, stage):
    """Closes and counts while members vote; gives what was damaged."""

    def run():
        build = open_build(stage.product, closes_in=OPEN_FOR)
        voted = stage.vote(build, lambda _history: close_and_count(build))
        with site.connect() as database:
            counted = checker.counted(database, build.pk, voted.operations)
            return [*voted.damage, *counted, *checker.tally(database, build.pk)]

    return run


def close_and_count(build):
    """What the worker does, without a pause between its steps."""
    while True:
        try:
            week.close(build_id=build.pk)
        except TooEarly:
            continue
        tally.count(build_id=build.pk, at=timezone.now())
        return


def test_close_race(race, turn):
    assert race() == []


def test_close_race_with_slow_votes(site, race, turn):
    with defences.slow_vote(site, seconds=SLOW_SECONDS):
        assert race() == []


def test_control_close_race_without_the_lock(site, race, figures):
    without = (defences.LOCK, defences.CLOCK)
    with defences.slow_vote(site, seconds=SLOW_SECONDS, without=without):
        for _ in range(CONTROLS):
            figures.update(lost=sum(damage.what == "lost in the tally" for damage in race()))
    assert figures["lost"]
