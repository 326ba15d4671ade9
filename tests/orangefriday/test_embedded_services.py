"""The embedded servers: made once, found again, shared, and gone with whoever started them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from orangefriday.embedded import CannotStart, services
from orangefriday.embedded.account import current_account
from orangefriday.embedded.child import Child, take_lock
from orangefriday.embedded.instance import AlreadyRunning, Instance
from orangefriday.embedded.postgres import Postgres
from orangefriday.embedded.state import PROJECT_DIR, SOCKET_PATH_LIMIT, prepare, socket_directory
from orangefriday.embedded.valkey import Valkey

HOLD_SERVICES = """
import sys, time
from pathlib import Path
from orangefriday.embedded import services
with services(Path(sys.argv[1]), is_lasting=False):
    print("up", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state directory of its own, where the environment names no servers."""
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    yield tmp_path / "state"
    Instance(tmp_path / "state").remove()


def ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone()[0] if cursor.description else None


def test_the_database_is_a_safe_one(state: Path) -> None:
    settings = "'{fsync, full_page_writes, synchronous_commit, data_checksums}'::text[]"
    with services(state) as addresses:
        url = addresses["DATABASE_URL"]
        values = ask(url, f"SELECT array_agg(current_setting(s)) FROM unnest({settings}) s")
        assert values == ["on"] * 4
        assert ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_a_start_finds_the_data_and_clears_what_a_crash_left(state: Path) -> None:
    prepare(state)
    database = Postgres(state)
    (database.home / "data.half").mkdir()
    with services(state, is_lasting=False) as addresses:
        ask(addresses["DATABASE_URL"], "CREATE TABLE kept AS SELECT 7 AS seven")
    (database.data / "postmaster.pid").write_text(f"{os.getpid()}\n{database.data}\n")
    with services(state, is_lasting=False) as addresses:
        assert ask(addresses["DATABASE_URL"], "SELECT seven FROM kept") == 7


@pytest.mark.parametrize("guard", ["kernel", "process"])
def test_nothing_outlives_a_killed_owner(
    state: Path, guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if guard == "process":
        monkeypatch.setenv("TETHER_GUARD", "1")
    command = [sys.executable, "-c", HOLD_SERVICES, str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROJECT_DIR) as owner:
        assert owner.stdout
        assert owner.stdout.readline() == b"up\n"
        owner.send_signal(signal.SIGKILL)
    for server in (Postgres(state), Valkey(state)):
        take_lock(server.home / "lock", seconds=10, refusal="It still runs.").close()


def test_commands_share_one_instance(state: Path) -> None:
    with services(state, is_lasting=False) as first:
        with services(state) as second:
            assert second == first
        with pytest.raises(AlreadyRunning, match=f"process {os.getpid()}"):
            Instance(state)


def test_a_stubborn_child_is_ended_with_its_own_children(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    lock = take_lock(tmp_path / "lock", seconds=0, refusal="")
    command = ["/bin/sh", "-c", "trap '' TERM; sleep 60 & echo up; wait"]
    child = Child(command, output=writing, keep_open=[lock.fileno()])
    os.close(writing)
    lock.close()
    with os.fdopen(reading) as lines:
        assert lines.readline() == "up\n"
    child.stop(patience=0.1)
    take_lock(tmp_path / "lock", seconds=5, refusal="A child still runs.").close()


def test_a_long_path_gets_a_short_socket_directory(tmp_path: Path) -> None:
    link = tmp_path / ("long" * 30) / "run"
    link.parent.mkdir()
    first = socket_directory(link, current_account())
    assert len(bytes(first)) < SOCKET_PATH_LIMIT - 20
    assert socket_directory(link, current_account()) == first
    first.chmod(0o777)  # as if someone else had taken the name
    second = socket_directory(link, current_account())
    first.rmdir()
    second.rmdir()
    assert second != first


def test_a_missing_right_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="Cannot write to the state directory"):
        prepare(tmp_path / "file" / "state")
    (tmp_path / "site.lock").mkdir()  # stands for one that another account made
    with pytest.raises(CannotStart, match="Cannot write to the state directory"):
        prepare(tmp_path)


def test_nobody_else_reads_mails(tmp_path: Path) -> None:
    assert (prepare(tmp_path / "state") / "mail").stat().st_mode & 0o077 == 0
