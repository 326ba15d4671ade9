"""`python -m benchmarks.roads`: the ballot's hot path beside the ways it could have been built.

Each road is the whole site under the site's own server, with one thing done otherwise.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

ROADS = {
    "as built": "orangefriday.wsgi:application",
    "psycopg's cursor, prepared": "benchmarks.roads:psycopg_cursor",
    "Django's cursor": "benchmarks.roads:django_cursor",
    "connection pool": "benchmarks.roads:pool",
    "all middleware, REST framework": "benchmarks.roads:main_road",
}
LANE = "feedback.fourgrid.middleware.BallotLane"


def main() -> int:
    """Print one line a road: rate, CPU a request, p99; B1 first, as a scale."""
    from benchmarks.stack import own_database, web_server

    with own_database("bench_roads") as url:
        from benchmarks.rush import Crowd

        crowd = Crowd(url, int(os.environ.get("BENCH_MEMBERS", "20000")))
        with web_server("benchmarks.bare:application") as server:
            b1 = crowd.fire(server, crowd.upserts(server.host, crowd.build()))
        print(_line("B1 bare upsert", b1, b1))
        for name, application in ROADS.items():
            build = crowd.build()
            ballots = crowd.ballots(build)
            with web_server(application) as server:
                road = crowd.fire(server, crowd.votes(server.host, build, ballots))
            if set(road.answers.statuses) != {200}:
                sys.exit(f"{name}: not every ballot was saved.")
            print(_line(name, road, b1), flush=True)
    return 0


def _line(name: str, road: Any, b1: Any) -> str:
    share = road.answers.rate / b1.answers.rate
    return (
        f"{name:32} {road.answers.rate:6.0f}/s {share:5.0%} of B1, CPU a request: "
        f"web {road.web:.3f} ms, database {road.database:.3f} ms; "
        f"p99 {road.answers.latency(0.99) * 1000:.0f} ms"
    )


def _site(change: Callable[[], None]) -> Any:
    """The site after a change."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "orangefriday.settings"
    change()
    from orangefriday.wsgi import application

    return application


def _without_lane() -> None:
    from django.conf import settings

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != LANE]


def _with_pool() -> None:
    from django.conf import settings

    database = settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0
    database.setdefault("OPTIONS", {})["pool"] = {"min_size": 2, "max_size": 8}


def _with_cursor(run: Callable[[Any, str, tuple[Any, ...]], Any]) -> None:
    from community.members.prepared import Statement

    def row(self: Statement, *values: Any) -> Any:
        from django.db import connection

        found = run(connection, self._listing._sql.decode(), values)  # noqa: SLF001 measures what lies inside
        return found and (json.loads(found[0]) if isinstance(found[0], str) else found[0])

    Statement.row = row


def _django(connection: Any, sql: str, values: tuple[Any, ...]) -> Any:
    for number in range(len(values), 0, -1):
        sql = sql.replace(f"${number}", f"${number}%s").replace(f"${number}%s", "%s")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def _psycopg(connection: Any, sql: str, values: tuple[Any, ...]) -> Any:
    from psycopg import RawCursor

    connection.ensure_connection()
    connection.connection.prepare_threshold = 0
    with connection.wrap_database_errors, RawCursor(connection.connection) as cursor:
        cursor.execute(sql, values, prepare=True)
        return cursor.fetchone()


def __getattr__(name: str) -> Any:
    """The applications by name, each made only in the process that serves it."""
    changes: dict[str, Callable[[], None]] = {
        "main_road": _without_lane,
        "pool": _with_pool,
        "django_cursor": lambda: _with_cursor(_django),
        "psycopg_cursor": lambda: _with_cursor(_psycopg),
    }
    if name not in changes:
        raise AttributeError(name)
    return _site(changes[name])


if __name__ == "__main__":
    sys.exit(main())
