"""Checks a recorded week: recounts by plain SQL, reads report and award as their readers do."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection

from awards.popcorn.domain import merkle
from benchmarks.real_week_vote import Vote
from benchmarks.real_week_voters import Electorate
from benchmarks.stack import ROOT, Server
from benchmarks.voters import Voter
from community.builds.models import Engineer
from feedback.fourgrid.models import Tally

RECEIPTS, LOOKS = 5, 20
# Not from the table that the tally counts, but from the log of all versions. No voter of the week
# is one of its engineers, whose verdicts on their own work no tally counts.
RECOUNT = """
WITH last AS (
    SELECT DISTINCT ON (member_id) mood, loved, let_down, wishes
      FROM fourgrid_ballotversion WHERE build_id = %s ORDER BY member_id, revision DESC
)
SELECT 'mood', mood::bigint, count(*) FROM last GROUP BY mood
UNION ALL SELECT 'loved_most', loved[1], count(*) FROM last WHERE loved <> '{}' GROUP BY 2
UNION ALL SELECT 'loved', f, count(*) FROM last, unnest(loved[2:]) f GROUP BY f
UNION ALL SELECT 'let_down_most', let_down[1], count(*) FROM last WHERE let_down <> '{}' GROUP BY 2
UNION ALL SELECT 'let_down', f, count(*) FROM last, unnest(let_down[2:]) f GROUP BY f
UNION ALL SELECT 'wish', w, count(*) FROM last, unnest(wishes) w GROUP BY w
"""
MOODS = ("happy", "in_love", "hopeful", "sad")

Counted = Counter[tuple[str, int]]


def check(server: Server, electorate: Electorate, vote: Vote, manager: Voter) -> bool:
    """Print what one build came to; whether everything that can be checked is right."""
    build = electorate.week.build
    print(f"{build.product} {build.version}", flush=True)
    return all(
        [
            _check_ballots(electorate, vote),
            _check_counts(electorate, vote),
            _check_report(server, electorate, manager),
            _check_award(server, electorate),
            _check_receipts(server, electorate, vote),
        ]
    )


def _check_ballots(electorate: Electorate, vote: Vote) -> bool:
    """Every ballot that was acknowledged last is there as it was sent, and no other."""
    build = electorate.week.build.pk
    rows = _sql(
        "SELECT member_id, encode(receipt, 'hex'), mood, loved, let_down, wishes, comments"
        "  FROM fourgrid_ballot WHERE build_id = %s",
        build,
    )
    stored = {row[0]: (*row[1:-1], json.loads(row[-1])) for row in rows}
    sent = {
        member: (
            standing.receipt,
            MOODS.index(str(standing.ballot["mood"])) + 1,
            *(standing.ballot[cell] for cell in ("loved", "let_down", "wishes", "comments")),
        )
        for (of, member), standing in vote.standing.items()
        if of == build
    }
    lost, unsent = len(sent.keys() - stored.keys()), len(stored.keys() - sent.keys())
    other = sum(stored[member] != sent[member] for member in stored.keys() & sent.keys())
    doubled = len(rows) - len(stored) + vote.two_receipts
    _say(f"{len(sent)} acknowledged: lost {lost}, doubled {doubled}, otherwise than sent {other}")
    return not (lost or unsent or other or doubled)


def _check_counts(electorate: Electorate, vote: Vote) -> bool:
    """The tally is what SQL counts in the log of versions, and what the voters sent."""
    build = electorate.week.build
    tally = Tally.objects.get(build=build)
    tallied = _tallied(tally)
    recounted: Counted = Counter({(what, key): n for what, key, n in _sql(RECOUNT, build.pk)})
    sent: Counted = Counter()
    for (of, _member), standing in vote.standing.items():
        if of == build.pk:
            sent.update(_named(standing.ballot))
    _say(
        f"tally: {tally.ballots} ballots of {tally.eligible} eligible, {tally.verified} verified; "
        f"recount by SQL {_same(tallied, recounted)}, what was sent {_same(tallied, sent)}"
    )
    return tallied == recounted == sent


def _tallied(tally: Tally) -> Counted:
    counted: Counted = Counter({("mood", at): getattr(tally, m) for at, m in enumerate(MOODS, 1)})
    for row in tally.features.all():
        for cell in ("loved_most", "loved", "let_down", "let_down_most"):
            counted[cell, row.feature_id] = getattr(row, cell)
    for wish in tally.proposals.all():
        counted["wish", wish.proposal_id] = wish.named
    return +counted


def _named(ballot: dict[str, Any]) -> list[tuple[str, int]]:
    named = [("mood", MOODS.index(ballot["mood"]) + 1)]
    for cell in ("loved", "let_down"):
        named += [(cell if at else f"{cell}_most", pk) for at, pk in enumerate(ballot[cell])]
    return named + [("wish", pk) for pk in ballot["wishes"]]


def _check_report(server: Server, electorate: Electorate, manager: Voter) -> bool:
    """The report's page, as its manager opens it: kept at the close, not counted for each look."""
    page = f"/reports/{electorate.week.build.slug}/"
    looks = [_get(server, page, manager) for _ in range(LOOKS)]
    statuses = {status for status, _, _ in looks}
    times = sorted(seconds * 1000 for _, _, seconds in looks)
    kilobytes = len(looks[-1][1]) / 1000
    _say(
        f"report: {page} {statuses}, {kilobytes:.0f} kB, median {times[LOOKS // 2]:.0f} ms, "
        f"slowest {times[-1]:.0f} ms"
    )
    return statuses == {200}


def _check_award(server: Server, electorate: Electorate) -> bool:
    """The award is out, its bundle verifies without a database, and not with a byte changed."""
    award = _award(server, electorate)
    best = Engineer.objects.get(pk=electorate.engineers[int(np.argmax(electorate.world.truth))])
    bucket = ", ".join(row["title"] for row in award["bucket"]) or "not enough votes"
    _say(f"bucket: {bucket}; best by the opinions drawn: {best}")
    status, bundle, _ = _get(server, award["bundle"])
    for place in _winners(bundle):
        _say(
            f"winner: {Engineer.objects.get(pk=place['engineer'])}, PopScore {place['score']} "
            f"[{place['score_low']}, {place['score_high']}], P(best) {place['p_best']}, "
            f"among the eligible {place['p_best_eligible']}"
        )
    right, seconds = _verify(bundle, award["public_key"])
    middle = len(bundle) // 2
    changed = bundle[:middle] + bytes([bundle[middle] ^ 1]) + bundle[middle + 1 :]
    wrong, _ = _verify(changed, award["public_key"])
    _say(f"bundle: {status}, {len(bundle) / 1e6:.1f} MB; verified in {seconds:.1f} s:")
    _say(f"  {(right.stdout or right.stderr).splitlines()[0]}")
    _say(f"  with one bit changed: {(wrong.stderr or wrong.stdout).splitlines()[0]}")
    return award["state"] == "announced" and (right.returncode, wrong.returncode) == (0, 1)


def _winners(bundle: bytes) -> list[dict[str, Any]]:
    rows = [json.loads(line)["place"] for line in bundle.splitlines() if b'{"place":' in line[:9]]
    return [row for row in rows if row["is_winner"]]


def _verify(bundle: bytes, public_key: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run verify_award as anybody can: no database answers at the address it is given."""
    nowhere = os.environ | {
        "DATABASE_URL": "postgresql://127.0.0.1:1/",
        "REDIS_URL": "redis://[::1]:1",
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bundle.jsonl"
        file.write_bytes(bundle)
        command = [sys.executable, "manage.py", "verify_award", str(file)]
        command += ["--public-key", public_key]
        started = time.perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, env=nowhere, capture_output=True, text=True, check=False
        )
        return done, time.perf_counter() - started


def _check_receipts(server: Server, electorate: Electorate, vote: Vote) -> bool:
    """Some voters' receipts lead to the signed root; a ballot that was changed is not counted."""
    build = electorate.week.build
    root = bytes.fromhex(_award(server, electorate)["receipts_root"])
    page = f"/api/v1/builds/{build.slug}/award/receipts/"
    counted = [
        vote.standing[build.pk, voter.member_id].receipt for voter in electorate.voters[:RECEIPTS]
    ]
    proven = sum(_is_proven(root, receipt, _get(server, page + receipt)) for receipt in counted)
    replaced = vote.replaced.get(build.pk, [])[:RECEIPTS]
    unknown = sum(_get(server, page + receipt)[0] == 404 for receipt in replaced)
    _say(
        f"receipts: {proven} of {len(counted)} proven; of replaced ballots {unknown} of "
        f"{len(replaced)} not in the count"
    )
    return proven == len(counted) and unknown == len(replaced)


def _is_proven(root: bytes, receipt: str, answer: tuple[int, bytes, float]) -> bool:
    status, body, _ = answer
    if status != 200:
        return False
    told = json.loads(body)
    path = tuple(bytes.fromhex(step) for step in told["path"])
    return merkle.check(
        root, bytes.fromhex(receipt), merkle.Proof(told["index"], told["count"], path)
    )


def _award(server: Server, electorate: Electorate) -> dict[str, Any]:
    _status, body, _ = _get(server, f"/api/v1/builds/{electorate.week.build.slug}/award")
    award: dict[str, Any] = json.loads(body)
    return award


def _get(server: Server, path: str, voter: Voter | None = None) -> tuple[int, bytes, float]:
    """Status, body and seconds of one page."""
    link = HTTPConnection(*server.address, timeout=60)
    cookies = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={voter.session}"} if voter else {}
    started = time.perf_counter()
    link.request("GET", path, headers=cookies)
    response = link.getresponse()
    body = response.read()
    seconds = time.perf_counter() - started
    link.close()
    return response.status, body, seconds


def _sql(query: str, build: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [build])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _same(one: Counted, other: Counted) -> str:
    return "equal" if one == other else "DIFFERS"


def _say(text: str) -> None:
    print(f"  {text}", flush=True)
