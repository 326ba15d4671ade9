"""Everything is killed at once while members vote, then started as usual: nothing is lost."""

from tests.faults import defences, nemesis
from tests.faults.driver import PROGRAMS, SERVERS

CONTROLS = 3


def kill_everything(site):
    nemesis.kill(*site.children.values())
    site.start(*SERVERS, *PROGRAMS)


def test_everything_killed_while_members_vote(site, stage, turn):
    site.start(*PROGRAMS)
    due = stage.make_due()
    assert not stage.vote_until(lambda: kill_everything(site))
    assert due.left() == []


def test_control_everything_killed_with_asynchronous_commit(site, stage, figures):
    with defences.asynchronous_commit(site):
        for _ in range(CONTROLS):
            figures.update(lost=stage.vote_until(lambda: kill_everything(site))["lost"])
    assert figures["lost"]
