"""Gives the test run its own PostgreSQL and Valkey, before the settings are read.

One pair of servers a run: parallel workers inherit the addresses and have a database each.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest

from orangefriday.embedded import services
from orangefriday.embedded.cluster import SUPERUSER
from orangefriday.embedded.instance import AlreadyRunning
from orangefriday.embedded.postgres import NAME
from orangefriday.embedded.state import PROJECT_DIR, prepare, state_dir
from orangefriday.translation import compile_catalogs

RUNS_AT_ONCE = 20
running = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start the servers as a wrapper, which comes before pytest-django reads the settings."""
    # A test sees at once what it changes.
    os.environ["SHARED_FRESH_S"] = "0"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        compile_catalogs(PROJECT_DIR)
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        prepare(state_dir())
    else:
        start_servers()
    return (yield)


def start_servers() -> None:
    """Start servers in the first state directory that no other test run uses.

    They are fast and safe only for data that is thrown away, unless TEST_SERVERS=lasting.
    """
    is_lasting = os.environ.get("TEST_SERVERS") == "lasting"
    is_own = not os.environ.get("DATABASE_URL")
    for number in range(1, RUNS_AT_ONCE + 1):
        state = state_dir() / f"test-{number}"
        try:
            servers = services(state, is_lasting=is_lasting, is_shared=False)
            os.environ.update(running.enter_context(servers))
        except AlreadyRunning:
            continue
        os.environ["STATE_DIR"] = str(state)
        if is_own:
            allow_emptying(os.environ["DATABASE_URL"])
        return
    raise pytest.UsageError(f"{RUNS_AT_ONCE} test runs use {state_dir()} already.")


def allow_emptying(url: str) -> None:
    """Let tests that commit empty even the tables that refuse to lose a row."""
    with psycopg.connect(url, user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"GRANT SET ON PARAMETER session_replication_role TO {NAME}")


def pytest_unconfigure() -> None:
    """Stop the servers at the very end, also after Ctrl-C."""
    running.close()
