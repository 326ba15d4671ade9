"""Experience for ballots: given once for each counted build, to those whose ballots count."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from community.builds.models import Build
from community.honours.models import Entry
from feedback.fourgrid import tasks
from feedback.fourgrid.domain.crediting import credit_counted
from feedback.fourgrid.models import Tally
from tests.community.builds.making import AWARD
from tests.feedback.reports.making import close, open_build, put, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted() -> Build:
    """Two members voted, and one of the staff."""
    build = open_build(features=1)
    put([vote(build), vote(build), vote(build, is_staff=True)], verified=0)
    close(build)
    return build


def test_the_task_gives_it_to_each_voter_once(counted: Build) -> None:
    for _again in range(2):
        tasks.credit_counted()
    assert set(Entry.objects.values_list("source", "rule", "amount")) == {
        (f"build:{counted.pk}", "ballot", 5)
    }
    assert Entry.objects.count() == 2
    assert Tally.objects.get().credited_at


def test_of_two_that_give_at_once_one_does(counted: Build) -> None:
    given: list[int] = []

    def be_quicker(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if "FOR UPDATE" in sql and not given:
            given.append(0)
            given[0] = credit_counted(at=AWARD)
        return execute(sql, *rest)

    with connection.execute_wrapper(be_quicker):
        given.append(credit_counted(at=AWARD))
    assert given == [2, 0]
    assert Entry.objects.count() == 2
