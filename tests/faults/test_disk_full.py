"""The disk is full while members vote: what was acknowledged stays, and all goes on with room."""

import time

from django.db import connection
from psycopg import OperationalError

from tests.faults import defences, nemesis
from tests.faults.driver import PROGRAMS
from tests.faults.world import open_build

CONTROLS = 5
MOST_ROOM = 200_000  # bytes of the log or of a table until nothing more fits
UNANSWERED = 30  # votes that found no room


def fill_the_disk(site, history, chance):
    """Let votes run into a full disk, then make room again."""
    history.wait_for(acknowledged=chance.randint(10, 50))
    with site.connect(is_superuser=True) as database:
        database.execute("SELECT pg_switch_wal()")  # a file that has yet to grow
    with nemesis.full_disk(site, room=chance.randint(0, MOST_ROOM)):
        assert history.wait_for(unanswered=history.unanswered + UNANSWERED)
    wait_until_it_serves(site)


def wait_until_it_serves(site):
    """The database may have ended, be about to, or have stayed."""
    while True:
        site.revive()
        try:
            return site.connect().close()
        except OperationalError:
            time.sleep(0.05)


def vote(site, stage):
    connection.close()  # the last round may have cut it off
    build = open_build(stage.product)
    return stage.vote(
        build, lambda history: fill_the_disk(site, history, stage.chance), insisting=0.8
    ).damage


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
