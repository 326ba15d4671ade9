"""A whole site of its own: servers and programs as children that a nemesis may kill."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from environ import Env
from psycopg import Connection, connect

from orangefriday.embedded import programs
from orangefriday.embedded.child import Child
from orangefriday.embedded.cluster import SUPERUSER
from orangefriday.embedded.instance import Instance
from orangefriday.embedded.options import Options
from orangefriday.embedded.postgres import NAME, Postgres
from orangefriday.embedded.state import PROJECT_DIR
from orangefriday.embedded.valkey import Valkey

SERVERS = ("postgres", "valkey")
PROGRAMS = ("web", "worker", "beat")
READY_SECONDS = 60.0
# Filled by migrations, the same for every round.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission", "django_site")


class Site:
    """Servers that keep what they acknowledge, and the programs of `make run`."""

    def __init__(self, state: Path, keys: dict[str, str]) -> None:
        """Take the state directory; `keys` are secrets by environment variable."""
        self.state = state
        self._instance = Instance(state)
        self.postgres, self.valkey = Postgres(state), Valkey(state)
        self.options = Options(
            host="127.0.0.1",
            port=_free_port(),
            workers=2,
            threads=10,
            wants_demo=False,
            logs_requests=False,
        )
        self.children: dict[str, Child] = {}
        self._particular: dict[str, dict[str, str]] = {}  # environment, by child
        self.environment = (
            os.environ
            | keys
            | {
                "DATABASE_URL": self.postgres.url,
                "REDIS_URL": self.valkey.url,
                "STATE_DIR": str(state),
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "LOG_LEVEL": "WARNING",
            }
        )
        self.log = state / "log"
        self.log.mkdir(exist_ok=True)

    @property
    def url(self) -> str:
        """The database's address for the site's own role."""
        return self.postgres.url

    def connect(self, *, is_superuser: bool = False) -> Connection[tuple[object, ...]]:
        """Plain SQL, past the application."""
        user = SUPERUSER if is_superuser else NAME
        return connect(self.url, user=user, autocommit=True)

    def start(self, *names: str, **environment: str) -> None:
        """Start what does not run, and wait until it serves; `environment` is for these alone.

        Call from the main thread: children end with the thread that started them.
        """
        for name in names:
            if name not in self.children or not self.children[name].is_running:
                self._particular[name] = environment
                self.children[name] = self._start(name)
        if "web" in names:
            self._wait_until_web_answers()

    def revive(self) -> list[str]:
        """Start again the children that ended by themselves, as `make run` does; gives their names.

        A worker may: Celery gives up when the broker goes while it still holds a message. The web
        server may: it takes two of its processes killed in three seconds for a fault of the site.
        """
        ended = [name for name, child in self.children.items() if not child.is_running]
        for name in ended:
            self.children[name].bury()
            self.start(name, **self._particular[name])
        return ended

    def _start(self, name: str) -> Child:
        with (self.log / f"{name}.log").open("ab") as output:
            if name in SERVERS:
                server: Postgres | Valkey = getattr(self, name)
                return server.start(output)
            return Child(
                self._command(name),
                output=output,
                environment=self.environment | self._particular[name],
                directory=PROJECT_DIR,
            )

    def _command(self, name: str) -> list[str]:
        match name:
            case "web":
                return [*programs.web(self.options), "--log-level", "warning"]
            case "worker":
                return programs.worker(self.options)
            case _:  # "beat", and others beside it
                (self.state / name).mkdir(exist_ok=True)
                return programs.beat(self.state / name)

    def manage(self, *arguments: str) -> None:
        """Run a management command to its end."""
        with (self.log / "manage.log").open("ab") as output:
            child = Child(
                programs.manage(*arguments),
                output=output,
                environment=self.environment,
                directory=PROJECT_DIR,
            )
        status = child.wait()
        child.bury()
        assert status == 0, f"{arguments} failed: see {self.log}"

    def stop(self, *names: str) -> None:
        """Ask children to end, and see that they have."""
        for name in names:
            if name in self.children:
                self.children.pop(name).stop()

    def empty(self) -> None:
        """Forget every row but those of the migrations."""
        with self.connect(is_superuser=True) as database:
            rows = database.execute(
                "SELECT string_agg(format('%%I', tablename), ', ') FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> ALL (%s)",
                [list(KEPT_TABLES)],
            ).fetchone()
            assert rows
            database.execute("SET session_replication_role = replica")
            database.execute(f"TRUNCATE {rows[0]} RESTART IDENTITY")

    def remove(self) -> None:
        """Stop everything and remove the files."""
        self.stop(*reversed(self.children))
        self._instance.remove()

    def http(self, *, seconds: float = 10.0) -> HTTPConnection:
        """A connection to the web server."""
        return HTTPConnection(self.options.host, self.options.port, timeout=seconds)

    def _wait_until_web_answers(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            assert self.children["web"].is_running, f"The web server ended: see {self.log}"
            assert time.monotonic() < deadline, f"The web server does not answer: see {self.log}"
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = self.http(seconds=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def django_on(url: str) -> Iterator[None]:
    """Let Django speak to this database in this thread."""
    other = connections[DEFAULT_DB_ALIAS]
    own = DatabaseWrapper(other.settings_dict | Env.db_url_config(url), DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = own
    try:
        yield
    finally:
        own.close()
        connections[DEFAULT_DB_ALIAS] = other
