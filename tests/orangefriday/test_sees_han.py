"""A database that takes Han for no letters is refused."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections

from orangefriday.checks import check_sees_han

NAME = "test_blind"


@pytest.fixture
def blind(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection leads to a database made with the C locale."""
    with django_db_blocker.unblock():
        known, alias = connection.settings_dict["NAME"], connections["default"]
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
            cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'")
        alias.close()
        alias.settings_dict["NAME"] = NAME
        try:
            yield
        finally:
            alias.close()
            alias.settings_dict["NAME"] = known
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {NAME}")


def test_a_database_that_sees_no_han_is_refused(blind: None) -> None:
    (error,) = check_sees_han(databases=["default"])
    assert error.id == "orangefriday.E002"


@pytest.mark.django_db
def test_the_site_s_own_database_sees_han() -> None:
    assert check_sees_han(databases=["default"]) == []
