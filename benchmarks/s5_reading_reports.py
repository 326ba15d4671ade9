"""S5, a manager's Wednesday: the report from storage, its first page in print, all its ballots."""

import resource
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from uuid import uuid4

from benchmarks import stack
from benchmarks.s3_award_night import SIZES, prepare

HITS = 60
MOST_MS = 100.0
# What a file of all ballots may add to the worker, in megabytes.
MOST_MEMORY = 64.0
PAGES = {
    "report": "/reports/1/",
    "report of a segment": "/reports/1/?level=1",
    "themes": "/reports/1/themes/",
    "first page in print": "/reports/1/report.pdf",
}


def run() -> bool:
    """Print S5's lines; whether its figures are reached."""
    held = True
    for size in SIZES:
        with stack.own_database(f"bench_s5_{size}"):
            held = _wednesday(size) and held
    return held


def _wednesday(size: int) -> bool:
    from django.test import Client

    from community.members.models import Member

    at = _stored(size)
    manager = Member.objects.get(username="night0")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(manager)
    held = True
    for name, address in PAGES.items():
        assert client.get(address).status_code == HTTPStatus.OK
        p95, cpu = _p95(partial(client.get, address))
        is_reached = p95 <= MOST_MS or name == "first page in print"
        held = held and is_reached
        print(
            f"S5 {size} ballots, {name}: p95 {p95:.0f} ms, {cpu:.0f} ms of CPU:",
            "ok" if is_reached else "MISSED",
            flush=True,
        )
    return _exported(size, manager.pk, at) and held


def _stored(size: int) -> datetime:
    """A closed build with its report, that the first member manages."""
    from community.builds.domain import week
    from community.builds.models import Product
    from community.members.models import Member
    from feedback.fourgrid.domain import tally
    from feedback.reports.domain import store

    build_id, closes_at = prepare(size)
    later = closes_at + timedelta(minutes=10)
    week.close(build_id=build_id, at=closes_at)
    tally.count(build_id=build_id, at=later)
    store(build_id=build_id, at=later)
    Product.objects.get().managers.add(Member.objects.get(username="night0"))
    return later


def _p95(hit: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds in the server that 19 of 20 hits stay below, and of this process's CPU."""
    times, used = [], time.process_time()
    for _ in range(HITS):
        started = time.perf_counter()
        hit()
        times.append(time.perf_counter() - started)
    cpu = (time.process_time() - used) / HITS
    return sorted(times)[HITS * 95 // 100] * 1000, cpu * 1000


def _exported(size: int, member_id: int, at: datetime) -> bool:
    from community.members.models import Member
    from feedback.reports.domain import background
    from feedback.reports.domain.listing import Asked
    from feedback.reports.models import ReportExport, ReportFile, VoteReport
    from feedback.reports.tasks import make_exports

    background.ask(
        report=VoteReport.objects.select_related("build").get(),
        file=ReportFile.BALLOTS,
        asked=Asked(),
        by=Member.objects.get(pk=member_id),
        language="en",
        key=uuid4(),
        at=at,
    )
    before, started = _megabytes(), time.perf_counter()
    make_exports()
    seconds, grown = time.perf_counter() - started, _megabytes() - before
    export = ReportExport.objects.get()
    is_reached = export.rows_done == size and grown <= MOST_MEMORY
    print(
        f"S5 {size} ballots, file of all ballots: {seconds:.1f} s, {size / seconds:,.0f} rows/s,"
        f" {export.octets / 1e6:.0f} MB, memory + {grown:.0f} MB:",
        "ok" if is_reached else "MISSED",
        flush=True,
    )
    background.remove(export)
    return is_reached


def _megabytes() -> float:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
