"""What a hit costs: CPU of web server and PostgreSQL, transactions, and how long it takes."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from benchmarks import cpu, stack
from benchmarks.load import CONNECTIONS, fire


@dataclass(frozen=True)
class Measured:
    """Requests under load: a second, CPU milliseconds and transactions a hit, p95 in ms."""

    rate: float
    cpu_ms: float
    transactions: float
    p95_ms: float


def get(site: stack.Server, path: str, cookie: str = "") -> bytes:
    """A request for a page."""
    head = f"GET {path} HTTP/1.1\r\nHost: {site.host}\r\nAccept-Language: en\r\n"
    return (f"{head}Cookie: {cookie}\r\n\r\n" if cookie else f"{head}\r\n").encode()


def measure(
    site: stack.Server,
    url: str,
    requests: Sequence[bytes],
    *,
    warm_up: int = 0,
    connections: int = CONNECTIONS,
) -> Measured:
    """Send every request once, after a warm-up with the first ones; all have to be a 200."""
    fire(site.address, requests[:warm_up], connections)
    database = cpu.database_server(url)
    counted = requests[warm_up:]
    spent, done = _cpu(site, database), _transactions(url)
    answers = fire(site.address, counted, connections)
    spent, done = _cpu(site, database) - spent, _transactions(url) - done
    wrong = sum(status != 200 for status in answers.statuses)
    if wrong:
        sys.exit(f"{counted[0].split()[1].decode()}: {wrong} of {len(counted)} were not 200.")
    size = len(counted)
    return Measured(answers.rate, spent / size * 1000, done / size, answers.latency(0.95) * 1000)


def _cpu(site: stack.Server, database: int | None) -> float:
    own = cpu.tree_seconds(site.process.pid)
    return own + (cpu.tree_seconds(database) if database else 0.0)


def _transactions(url: str) -> int:
    """Transactions of the measured database so far, without this connection's own."""
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("SELECT pg_stat_clear_snapshot()")
        row = database.execute(
            "SELECT xact_commit + xact_rollback FROM pg_stat_database"
            " WHERE datname = current_database()"
        ).fetchone()
        return int(row[0]) if row else 0
