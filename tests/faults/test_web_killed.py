"""The web server is killed while members vote and send again: no ballot is there twice."""

from contextlib import ExitStack

import pytest

from tests.faults import defences, nemesis

CONTROLS = 5
VOTE_SECONDS = 0.02  # so that a kill finds votes that are saved and not acknowledged yet
UNIQUE = {
    "fourgrid_ballot": "ballot_once_a_build",
    "fourgrid_ballotversion": "fourgrid_ballotversion_pkey",
}


@pytest.fixture
def kill(site, chance):
    """Ends one of the server's processes, sometimes all of them."""

    def run():
        if chance.random() < 3 / 4:
            nemesis.kill_one_web_process(site, chance)
        else:
            nemesis.kill(site.children["web"])
            site.start("web")

    return run


def test_web_killed_while_members_vote(site, stage, kill, turn):
    with defences.slow_vote(site, seconds=VOTE_SECONDS):
        assert not stage.vote_until(kill, insisting=1.0)


def test_control_ballots_only_inserted(site, stage, kill, figures):
    with ExitStack() as off:
        for table, constraint in UNIQUE.items():
            off.enter_context(defences.without_constraint(site, table, constraint))
        only_insert = defences.slow_vote(site, seconds=VOTE_SECONDS, without=(defences.ONLY_ONCE,))
        off.enter_context(only_insert)
        for _ in range(CONTROLS):
            figures.update(doubled=stage.vote_until(kill, insisting=1.0)["doubled"])
    assert figures["doubled"]
