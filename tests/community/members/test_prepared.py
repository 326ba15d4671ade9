"""Prepared statements keep Django's transactions and survive a dropped connection."""

import pytest
from django.db import DataError, OperationalError, connection, transaction

from community.members.prepared import Statement

ECHO = Statement("test_echo", "SELECT $1::bytea AS octets, $2::text AS text, $3::integer AS n")
PLACE = Statement("test_place", "SELECT pg_backend_pid() AS pid, pg_current_xact_id()::text AS xid")


@pytest.mark.django_db
def test_values_arrive_as_they_were_given() -> None:
    assert ECHO.row(b"\x00\xff", "it's 中文\\", None) == {
        "octets": "\\x00ff",
        "text": "it's 中文\\",
        "n": None,
    }


@pytest.mark.django_db
def test_no_row_is_none() -> None:
    assert Statement("test_none", "SELECT 1 AS n WHERE $1::text = 'x'").row("y") is None


@pytest.mark.django_db
def test_a_text_is_not_cut_off_at_a_nul() -> None:
    with pytest.raises(ValueError, match="NUL"):
        ECHO.row(None, "key\0more", None)


@pytest.mark.django_db
def test_an_error_is_djangos_own() -> None:
    with pytest.raises(DataError, match="invalid input syntax"), transaction.atomic():
        ECHO.row(None, None, "many")


@pytest.mark.django_db(transaction=True)
def test_it_takes_part_in_a_transaction_that_it_begins() -> None:
    with transaction.atomic():
        assert PLACE.row()["xid"] == PLACE.row()["xid"]


@pytest.mark.django_db(transaction=True)
def test_a_dropped_connection_is_made_anew() -> None:
    dropped = PLACE.row()["pid"]
    _drop(dropped)
    assert PLACE.row()["pid"] != dropped


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_was_cut_off_fails() -> None:
    with pytest.raises(OperationalError), transaction.atomic():  # noqa: PT012 the transaction ends with it
        _drop(PLACE.row()["pid"])
        PLACE.row()


def _drop(pid: int) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
