"""What a database must promise before it is trusted with ballots; asked at each `migrate`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

LASTING = ("fsync", "full_page_writes", "synchronous_commit")


@register(Tags.database)
def check_lasting(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for each setting by which the database could lose what it has acknowledged."""
    if settings.LOCAL:  # tests may be quick instead
        return []
    return [
        Error(
            f"{name} is off: the database may lose what it has acknowledged.",
            hint=f"Set {name} to on in postgresql.conf, and for the site's role.",
            obj=alias,
            id="orangefriday.E001",
        )
        for alias in databases or ()
        for name in LASTING
        if _shown(alias, name) == "off"
    ]


@register(Tags.database)
def check_sees_han(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for a database whose LC_CTYPE takes Han for no letters: it would find nothing."""
    return [
        Error(
            "This database takes Chinese characters for no letters: its LC_CTYPE is C.",
            hint="Create it anew with a UTF-8 LC_CTYPE, such as C.UTF-8.",
            obj=alias,
            id="orangefriday.E002",
        )
        for alias in databases or ()
        if not sees_han(alias)
    ]


def sees_han(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT '相机' ~ '^\\w+$'")
        return bool(cursor.fetchone()[0])


def _shown(alias: str, name: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])
