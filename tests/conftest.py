"""What every test shares."""

import pytest
from django.core.management.color import Style
from django.db.backends.postgresql.operations import DatabaseOperations


@pytest.fixture(autouse=True, scope="session")
def _flush_append_only_tables() -> None:
    """Tests that commit empty every table afterwards, also those that refuse to lose a row."""
    flush = DatabaseOperations.sql_flush

    def past_triggers(self: DatabaseOperations, style: Style, *args: object, **kw: object) -> list:
        statements = flush(self, style, *args, **kw)
        return ["SET LOCAL session_replication_role = replica", *statements]

    DatabaseOperations.sql_flush = past_triggers
