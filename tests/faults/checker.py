"""Compares the database with what clients were told: plain SQL, nothing of the application."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from psycopg import Connection
from psycopg.rows import namedtuple_row

from tests.faults.history import Operation

Database = Connection[Any]
REST_SECONDS = 5.0  # what was cut off in the middle comes to its end


class Damage(NamedTuple):
    """Something that must never be; `what` is one word for it."""

    what: str
    where: str


def ballots(database: Database, build_id: int, operations: Iterable[Operation]) -> list[Damage]:
    """Acknowledged ballots there exactly once with their receipt, refused ones absent, the rest
    there once or not at all; every version kept, the last one standing.
    """
    known = {word(operation.ballot): operation for operation in operations}
    versions = defaultdict(list)
    for version in _rows(database, VERSIONS, build_id):
        versions[version.word].append(version)
    return [
        *(Damage("made up", name) for name in list(versions) if name not in known),
        *(damage for name, op in known.items() for damage in _operation(op, versions[name])),
        *(Damage("gap", str(row)) for row in _rows(database, GAPS, build_id)),
        *(Damage("not the last", str(row)) for row in _rows(database, NOT_THE_LAST, build_id)),
    ]


def word(ballot: dict[str, Any]) -> str:
    """What makes a ballot of a round unlike any other."""
    return str(ballot["comments"]["mood"])


VERSIONS = """
SELECT member_id, mood, loved, let_down, wishes, comments->>'mood' AS word,
       encode(receipt, 'hex') AS receipt, revision
  FROM fourgrid_ballotversion WHERE build_id = %s
"""
GAPS = """
SELECT member_id, array_agg(revision ORDER BY revision) AS revisions
  FROM fourgrid_ballotversion WHERE build_id = %s
 GROUP BY member_id HAVING min(revision) <> 1 OR max(revision) <> count(*)
"""
LAST = "member_id, mood, loved, let_down, wishes, comments, receipt, nonce, saved_at, revision"
NOT_THE_LAST = f"""
WITH last AS (SELECT DISTINCT ON (member_id) {LAST} FROM fourgrid_ballotversion
               WHERE build_id = %(build)s ORDER BY member_id, revision DESC),
     standing AS (SELECT {LAST} FROM fourgrid_ballot WHERE build_id = %(build)s)
(TABLE last EXCEPT ALL TABLE standing) UNION ALL (TABLE standing EXCEPT ALL TABLE last)
"""
MOODS = {"happy": 1, "in_love": 2, "hopeful": 3, "sad": 4}


def _operation(operation: Operation, versions: Sequence[Any]) -> Iterable[Damage]:
    where = f"op {operation.number}"
    if len(versions) > 1:
        yield Damage("doubled", where)
    if operation.acknowledged and not versions:
        yield Damage("lost", where)
    if operation.refused and versions:
        yield Damage("refused but there", where)
    for version in versions:
        sent = operation.ballot
        told = {(answer["receipt"], answer["revision"]) for answer in operation.acknowledged}
        if told - {(version.receipt, version.revision)}:
            yield Damage("other receipt", where)
        if (version.member_id, version.mood, version.loved, version.let_down, version.wishes) != (
            operation.member,
            MOODS[sent["mood"]],
            sent["loved"],
            sent["let_down"],
            sent["wishes"],
        ):
            yield Damage("other content", where)


def counted(database: Database, build_id: int, operations: Iterable[Operation]) -> list[Damage]:
    """What each member was last acknowledged is in the tally, and nothing else is.

    For rounds without a kill: each ballot was either acknowledged or refused.
    """
    last = {op.member: op.ballot["mood"] for op in operations if op.acknowledged}
    told, stored = Counter(last.values()), tally_moods(database, build_id)
    return [
        Damage(f"{'lost' if told[mood] > stored[mood] else 'made up'} in the tally", mood)
        for mood in MOODS
        for _ in range(abs(told[mood] - stored[mood]))
    ]


def tally_moods(database: Database, build_id: int) -> Counter[str]:
    (row,) = _rows(database, TALLY_MOODS, build_id)
    return Counter(row._asdict())


TALLY_MOODS = f"SELECT {', '.join(MOODS)} FROM fourgrid_tally WHERE build_id = %s"


def tally(database: Database, build_id: int) -> list[Damage]:
    """One tally, and it says what the ballots say when they are counted here, one by one."""
    return [
        *(Damage("not one tally", str(row)) for row in _rows(database, NOT_ONE_TALLY, build_id)),
        *(Damage("tally differs", str(row)) for row in _rows(database, RECOUNT, build_id)),
    ]


NOT_ONE_TALLY = "SELECT count(*) FROM fourgrid_tally WHERE build_id = %s HAVING count(*) <> 1"


# What was counted, as (what, id, count), against the ballots taken apart again. No voter here
# has built anything, so no verdict is on one's own work.
RECOUNT = """
WITH ballots AS (SELECT * FROM fourgrid_ballot WHERE build_id = %(build)s),
     counted AS (SELECT * FROM ballots WHERE NOT is_staff),
     named AS (
        SELECT CASE WHEN place = 1 THEN 'loved_most' ELSE 'loved' END AS what, named AS id
          FROM counted, unnest(loved) WITH ORDINALITY AS cell (named, place)
        UNION ALL
        SELECT CASE WHEN place = 1 THEN 'let_down_most' ELSE 'let_down' END, named
          FROM counted, unnest(let_down) WITH ORDINALITY AS cell (named, place)
        UNION ALL
        SELECT what, named FROM counted, unnest(wishes) WITH ORDINALITY AS cell (named, place),
               LATERAL (VALUES ('named', true), ('named_first', place = 1)) AS v (what, is_so)
         WHERE is_so
        UNION ALL SELECT 'mood', mood FROM counted
        UNION ALL SELECT 'ballots', 0 FROM counted
        UNION ALL SELECT 'staff', 0 FROM ballots WHERE is_staff
     ),
     recounted AS (SELECT what, id, count(*) FROM named GROUP BY what, id),
     tally AS (SELECT * FROM fourgrid_tally WHERE build_id = %(build)s),
     stored AS (
        SELECT what, feature_id, number::bigint FROM fourgrid_featuretally AS f
          JOIN tally ON tally.id = f.tally_id, LATERAL (VALUES
            ('loved_most', f.loved_most), ('loved', f.loved),
            ('let_down', f.let_down), ('let_down_most', f.let_down_most)) AS v (what, number)
        UNION ALL
        SELECT what, proposal_id, number::bigint FROM fourgrid_proposaltally AS p
          JOIN tally ON tally.id = p.tally_id, LATERAL (VALUES
            ('named', p.named), ('named_first', p.named_first)) AS v (what, number)
        UNION ALL
        SELECT what, which, number::bigint FROM tally, LATERAL (VALUES
            ('mood', 1, happy), ('mood', 2, in_love), ('mood', 3, hopeful), ('mood', 4, sad),
            ('ballots', 0, ballots), ('staff', 0, staff)) AS v (what, which, number)
     ),
     present AS (SELECT * FROM stored WHERE number > 0)
(TABLE present EXCEPT ALL TABLE recounted) UNION ALL (TABLE recounted EXCEPT ALL TABLE present)
"""


def published(database: Database, build_id: int) -> list[Damage]:
    """Out once, with one announcement topic of one post, and every credit frozen."""
    return [Damage("publish", str(row)) for row in _rows(database, NOT_PUBLISHED_ONCE, build_id)]


NOT_PUBLISHED_ONCE = """
SELECT build.state, build.frozen_at, build.topic_id, topics.number, topics.posts
  FROM builds_build AS build
  JOIN builds_product AS product ON product.id = build.product_id, LATERAL (
        SELECT count(*) AS number, min(topic.id) AS id,
               (SELECT count(*) FROM forum_post WHERE topic_id = min(topic.id)) AS posts
          FROM forum_topic AS topic
         WHERE topic.title = product.name || ' ' || build.version
       ) AS topics
 WHERE build.id = %s AND (build.published_at IS NULL OR build.frozen_at IS NULL
       OR build.topic_id IS DISTINCT FROM topics.id OR topics.number <> 1 OR topics.posts <> 1)
"""


def awarded(database: Database, build_id: int) -> list[Damage]:
    """One award, announced once with one topic, and its voters' pseudonyms past undoing."""
    return [Damage("award", str(row)) for row in _rows(database, NOT_AWARDED_ONCE, build_id)]


NOT_AWARDED_ONCE = """
SELECT build.state AS build_state, awards.*, topics, keys
  FROM builds_build AS build, LATERAL (
        SELECT count(*) AS number, min(state) AS state, min(topic_id) AS topic,
               bool_and(bundle_size = (SELECT sum(octet_length(content)) FROM popcorn_bundlepart
                                        WHERE award_id = popcorn_award.id)) AS is_whole
          FROM popcorn_award WHERE build_id = build.id) AS awards, LATERAL (
        SELECT count(*) AS topics FROM forum_topic
         WHERE title LIKE '%%Popcorn Award ' || build.version) AS topics, LATERAL (
        SELECT count(*) AS keys FROM popcorn_pseudonymkey WHERE build_id = build.id) AS keys
 WHERE build.id = %s AND (build.state, awards.number, awards.state, topic IS NULL, is_whole,
                            topics, keys)
       IS DISTINCT FROM ('awarded', 1, 'announced', false, true, 1, 0)
"""


def reported(database: Database, build_id: int) -> list[Damage]:
    """One final report, of as many ballots as the tally, whose slices and groups add up."""
    return [Damage("report", str(row)) for row in _rows(database, NOT_REPORTED_ONCE, build_id)]


NOT_REPORTED_ONCE = """
SELECT tally.ballots AS counted, reports.*
  FROM fourgrid_tally AS tally, LATERAL (
        SELECT count(*) AS number, bool_and(is_final) AS is_final, sum(report.ballots) AS ballots,
               sum((SELECT sum(voters.ballots) FROM reports_votergroup AS voters
                     WHERE voters.report_id = report.id)) AS groups
          FROM reports_votereport AS report WHERE report.build_id = tally.build_id) AS reports
 WHERE tally.build_id = %s AND (number, is_final, reports.ballots, groups)
       IS DISTINCT FROM (1, true, tally.ballots::numeric, tally.ballots::numeric)
"""


def told(database: Database, report_id: int) -> list[Damage]:
    """Each manager has heard of the report once, and one mail of it is noted as sent."""
    return [Damage("told", str(row)) for row in _rows(database, NOT_TOLD_ONCE, report_id)]


NOT_TOLD_ONCE = """
SELECT manager.member_id, said.*
  FROM reports_votereport AS report
  JOIN builds_build AS build ON build.id = report.build_id
  JOIN builds_product_managers AS manager USING (product_id), LATERAL (
        SELECT count(*) AS notices, sum(notice.count) AS times,
               (SELECT count(*) FROM notices_delivery
                 WHERE notice_id = min(notice.id) AND sent_at IS NOT NULL) AS mails
          FROM notices_notice AS notice
         WHERE notice.member_id = manager.member_id AND notice.kind = 'reports.ready'
           AND notice.about = 'report:' || report.id) AS said
 WHERE report.id = %s AND (notices, times, mails) IS DISTINCT FROM (1, 1, 1)
"""


def made(database: Database, export_id: int) -> list[Damage]:
    """The file is ready, and who asked for it has heard so once."""
    return [Damage("made", str(row)) for row in _rows(database, NOT_MADE_ONCE, export_id)]


NOT_MADE_ONCE = """
SELECT export.made_at, export.attempts, said.*
  FROM reports_reportexport AS export, LATERAL (
        SELECT count(*) AS notices, sum(count) AS times FROM notices_notice AS notice
         WHERE notice.member_id = export.asked_by_id
           AND notice.about = 'export:' || export.id) AS said
 WHERE export.id = %s
   AND (made_at IS NULL, notices, times) IS DISTINCT FROM (false, 1, 1)
"""


def finished(database: Database, build_id: int) -> list[Damage]:
    """Counted, reported and awarded, each once and whole."""
    checks = (tally, reported, awarded)
    return [damage for check in checks for damage in check(database, build_id)]


def at_rest(database: Database) -> list[Damage]:
    """No lock of a vote or a close is left behind, no transaction stands open."""
    return eventually(
        lambda: [Damage("not at rest", str(row)) for row in _rows(database, HELD)],
        seconds=REST_SECONDS,
    )


def eventually(find: Callable[[], list[Damage]], *, seconds: float) -> list[Damage]:
    """What is still found when the time is over, or nothing as soon as nothing is found."""
    deadline = time.monotonic() + seconds
    while (found := find()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


HELD = """
SELECT pid, state, query FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
   AND (state LIKE 'idle in transaction%%'
        OR pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory'))
"""


def lasting(database: Database) -> list[Damage]:
    """The server keeps what it has acknowledged, as a real one must."""
    settings = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
    return [
        Damage("not lasting", setting)
        for setting in settings
        if _rows(database, f"SHOW {setting}")[0][0] != "on"
    ]


def _rows(database: Database, sql: str, build_id: int | None = None) -> list[Any]:
    with database.cursor(row_factory=namedtuple_row) as cursor:
        values = {"build": build_id} if "%(build)s" in sql else [build_id] if "%s" in sql else []
        return cursor.execute(sql, values).fetchall()
