"""A worker is killed in the middle of a step; done again, all is as if nothing had happened."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from awards.popcorn import tasks as popcorn
from community.builds.domain import week
from community.forum.domain.boards import ensure_boards
from feedback.fourgrid import tasks as fourgrid
from feedback.fourgrid.models import Tally
from feedback.reports.domain import store
from orangefriday.due import advance
from tests.faults import checker, defences, victim
from tests.faults.world import close_build, make_draft, make_product, schedule
from tests.faults.written import difference, written


def report_tallied(at: datetime) -> None:
    """Without the live reports of open builds, which the worker's task refreshes afterwards."""
    for tally in Tally.objects.exclude(build__report__is_final=True):
        store(build_id=tally.build_id, at=at)


STEPS: dict[str, Callable[[datetime], object]] = {
    "publish": lambda at: week.advance(at=at),
    "tally": fourgrid.tally_due,
    "report": report_tallied,
    "award": popcorn.compute_all_due,
    "announcement": popcorn.announce_all_due,
}
CONTROLS = 5


@pytest.fixture(scope="module")
def product(site):
    ensure_boards()
    return make_product()


@pytest.fixture
def disturb(site, product, chance):
    """Kills a process that takes a step, then does what is due; gives the damage found.

    It is killed so many statements before its end, else after any statement or at any moment.
    """

    def run(step, act, *, before_end=0):
        build, at = wait_for(step, product), timezone.now()
        course, rows = victim.measure(lambda: STEPS[step](at)), undisturbed(build, at)
        victim.break_off(site, lambda: act(at), course, chance=chance, before_end=before_end)
        advance(at=at)
        with site.connect() as database:
            found = difference(rows, written(database.cursor(), build.pk, build.version))
            check = checker.published if step == "publish" else checker.finished
            return [*found, *check(database, build.pk), *checker.at_rest(database)]

    return run


def wait_for(step, product):
    """A build for which everything up to the step is done."""
    if step == "publish":
        return schedule(make_draft(product), publish_at=timezone.now() - timedelta(seconds=1))
    build = close_build(product)
    with connection.cursor() as cursor:  # every run uses the same pseudonyms
        cursor.execute(
            "INSERT INTO popcorn_pseudonymkey (build_id, key, created_at)"
            " VALUES (%s, sha256('faults'), now())",
            [build.pk],
        )
    for earlier in list(STEPS)[1 : list(STEPS).index(step)]:
        STEPS[earlier](timezone.now())
    return build


def undisturbed(build, at):
    """What doing all that is due would write."""
    with transaction.atomic():
        advance(at=at)
        rows = written(connection.cursor(), build.pk, build.version)
        transaction.set_rollback(True)
    return rows


@pytest.mark.parametrize("step", STEPS)
def test_worker_killed_in_the_middle(disturb, step, figures, turn):
    assert disturb(step, STEPS[step]) == []
    figures.update({f"rounds of {step}": 1})


@pytest.mark.parametrize("step", STEPS)
def test_control_without_transactions(disturb, step, figures):
    def act(at):
        with defences.without_transactions():
            STEPS[step](at)

    damaged = sum(bool(disturb(step, act, before_end=n)) for n in range(1, CONTROLS + 1))
    figures.update({f"of {CONTROLS} times {step} stayed half done": damaged})
    assert damaged
