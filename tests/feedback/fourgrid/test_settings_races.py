"""Settings saved while a build goes out: it opens with all of them, or with none.

The control shows that the race is real: without the lock a build opens with the old settings
after a manager was told that the new ones hold from it on.
"""

from threading import Thread

import pytest
from django.db import connection, transaction

from community.builds.domain import settings, week
from community.builds.domain.settings import ChangedElsewhere, change
from community.builds.models import Build, BuildSettings, Product, SettingsChange
from feedback.fourgrid.sections import INSTALLED_BASE
from tests.community.builds.making import DRAFTED, PUBLISH, State, make_build, make_member
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
BASE = {"shares": {"Mi 5": "1.0000"}}
OTHER = {"shares": {"Mi 4": "1.0000"}}
# for this session, that is: pg_locks tells of everybody who waits anywhere on the server
WAITING = """
SELECT EXISTS (SELECT FROM pg_locks
               WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
"""


def save(product: Product, values: dict[str, object], name: str) -> object:
    return change(
        product=product,
        section=INSTALLED_BASE,
        values=values,
        seen=0,
        by=make_member(name),
        at=DRAFTED,
    )


def opened_with_while_saving() -> int:
    """The version a build is opened with that goes out before a saving is committed."""
    build = make_build(State.SCHEDULED)
    with transaction.atomic():
        save(build.product, BASE, "")
        with connection.cursor() as cursor:
            thread = Thread(target=_publish, args=[build])
            thread.start()
            is_waiting = False
            while thread.is_alive() and not is_waiting:
                cursor.execute(WAITING)
                (is_waiting,) = cursor.fetchone()
    thread.join()
    return BuildSettings.objects.get(build=build, section=INSTALLED_BASE.name).version


def _publish(build: Build) -> None:
    week.publish(build_id=build.pk, at=PUBLISH)
    connection.close()


def test_a_build_that_goes_out_meanwhile_opens_with_what_was_saved() -> None:
    assert opened_with_while_saving() == 1


def test_control_without_the_lock_it_opens_with_the_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "hold_of", lambda **_build: None)
    assert opened_with_while_saving() == 0


@pytest.mark.parametrize("is_locked", [True, False])
def test_of_two_managers_one_is_first(is_locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the lock be forgotten, the number of the change is taken."""
    if not is_locked:
        monkeypatch.setattr(settings, "hold", lambda product_id: Product.objects.get(pk=product_id))
    product = make_build(State.DRAFT).product
    answers = at_once(
        lambda: save(product, BASE, "mei"),
        lambda: save(product, OTHER, "tom"),
        refusals=(ChangedElsewhere,),
    )
    assert sum(isinstance(answer, ChangedElsewhere) for answer in answers) == 1
    assert SettingsChange.objects.get().after == INSTALLED_BASE.read(product)
