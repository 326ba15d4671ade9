"""The disk is full while members vote: what was acknowledged stays, and all goes on with room."""

import time
from functools import partial

from django.db import connection
from psycopg import OperationalError

from tests.faults import defences, nemesis
from tests.faults.driver import PROGRAMS
from tests.faults.world import open_build

CONTROLS = 5
MOST_ROOM = 200_000  # bytes of the log or of a table until nothing more fits
UNANSWERED = 30  # votes that found no room
PATIENCE_SECONDS = 15  # many times what a recovery takes


def fill_the_disk(site, stage, history):
    """Let votes run into a full disk, then make room again."""
    history.wait_for(acknowledged=stage.chance.randint(10, 50))
    with site.connect(is_superuser=True) as database:
        database.execute("SELECT pg_switch_wal()")  # a file that has yet to grow
    with nemesis.full_disk(site, room=stage.chance.randint(0, MOST_ROOM)):
        assert history.wait_for(unanswered=history.unanswered + UNANSWERED)
    while not serves_soon(site):
        # PostgreSQL 18 may wait for ever for a recovery that failed for want of room.
        nemesis.kill(site.children["postgres"])
        stage.figures.update({"database servers restarted by hand": 1})


def serves_soon(site):
    """The database may have stayed, have ended, or be about to."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        site.revive()
        try:
            site.connect().close()
        except OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def vote(site, stage):
    connection.close()  # the last round may have cut it off
    build = open_build(stage.product)
    return stage.vote(build, partial(fill_the_disk, site, stage), insisting=0.8).damage


def test_disk_full_while_members_vote(site, stage, turn):
    site.start(*PROGRAMS)
    due = stage.make_due()
    assert vote(site, stage) == []
    assert due.left() == []


def test_control_disk_full_with_asynchronous_commit(site, stage, figures):
    with defences.asynchronous_commit(site):
        for _ in range(CONTROLS):
            figures.update(lost=sum(found.what == "lost" for found in vote(site, stage)))
    assert figures["lost"]
