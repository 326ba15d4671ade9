"""The real stack for a measurement: its own database, and the web server of `make run`."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from orangefriday.embedded import programs
from orangefriday.embedded.options import Options, read_options

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """Make an empty database with the site's tables beside the configured one; gives its address.

    This process's Django uses it too. It is dropped afterwards.
    """
    configured = urlsplit(os.environ["DATABASE_URL"])
    url = configured._replace(path=f"/{name}").geturl()
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name))
    with psycopg.connect(configured.geturl(), autocommit=True) as server:
        server.execute(drop)
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "orangefriday.settings"}
        try:
            _migrate()
            _use(name)
            _assert_lasting(url)
            yield url
        finally:
            _use(configured.path.lstrip("/"))
            os.environ["DATABASE_URL"] = configured.geturl()
            server.execute(drop)


def _migrate() -> None:
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    import django

    django.setup()


def _use(name: str) -> None:
    """Let this process's Django, whose settings are read once, use another database."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def _assert_lasting(url: str) -> None:
    """Refuse to measure a database that would lose what it has acknowledged."""
    with psycopg.connect(url) as database:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            row = database.execute(SQL("SHOW {}").format(Identifier(setting))).fetchone()
            if row != ("on",):
                sys.exit(f"{setting} is not on: such a database must not be measured.")


@contextmanager
def web_server(application: str = "orangefriday.wsgi:application") -> Iterator["Server"]:
    """Run an application under the same server and options as the site's."""
    os.environ.setdefault("PORT", "0")
    options = read_options()
    command = [word.replace("orangefriday.wsgi:application", application) for word in _web(options)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONWARNINGS": "ignore"})
    try:
        server = Server(options, process)
        server.wait_until_ready()
        yield server
    finally:
        process.terminate()
        process.wait()


def _web(options: Options) -> list[str]:
    return [*programs.web(replace(options, logs_requests=False)), "--log-level", "warning"]


class Server:
    """A running web server."""

    def __init__(self, options: Options, process: subprocess.Popen[bytes]) -> None:
        self.address = (options.own_host, options.port)
        self.host = f"{options.own_host}:{options.port}"
        self.width = f"{options.workers} processes × {options.threads} threads"
        self.process = process

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            connection = HTTPConnection(*self.address, timeout=5)
            try:
                connection.request("GET", "/healthz")
                connection.getresponse()
            except OSError:
                time.sleep(0.1)
            else:
                return
            finally:
                connection.close()
        sys.exit("The web server did not start.")
