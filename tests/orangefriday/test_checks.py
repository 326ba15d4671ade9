"""A database that may lose what it has acknowledged is refused, but for a local instance."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _forgetful(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def check() -> None:
    call_command("check", databases=["default"], tags=["database"])


def test_a_forgetful_database_is_refused(settings: Settings) -> None:
    settings.LOCAL = False
    with pytest.raises(SystemCheckError, match="synchronous_commit is off"):
        check()


def test_a_local_instance_may_be_quick() -> None:
    check()
