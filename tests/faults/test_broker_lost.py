"""The broker is killed, or comes back empty: votes go on, and what fell due is done soon after."""

import shutil

import pytest

from tests.faults import defences, nemesis, volley
from tests.faults.world import make_members, open_build, sign_in

VOTE_SECONDS = 0.1  # so that there are votes to come while the broker is away
FEWEST_VOTES = 5
CONTROL_SECONDS = 10  # many times what a beat in a hurry needs


@pytest.fixture(scope="module")
def visitor(product):
    return sign_in(make_members(1)[0])


@pytest.fixture
def lose_the_broker(site, stage, visitor):
    """Kills the broker while members vote and work falls due.

    Gives what was damaged or could not be answered meanwhile, and the work that is due.
    """

    def run(*, is_emptied):
        build, made = open_build(stage.product), []

        def during(history):
            history.wait_for(acknowledged=stage.chance.randint(1, 50))
            nemesis.kill(site.children["valkey"])
            assert history.wait_for(acknowledged=history.acknowledged + FEWEST_VOTES)
            made.extend([stage.make_due(), visit(site, visitor, build)])
            if is_emptied:
                shutil.rmtree(site.valkey.home / "appendonlydir")
            site.start("valkey")

        with defences.slow_vote(site, seconds=VOTE_SECONDS):
            voted = stage.vote(build, during)
        due, errors = made
        return [*voted.damage, *errors], due

    return run


def visit(site, visitor, build):
    """Look at pages, thank somebody, sign in with a wrong password; gives the errors."""
    pages = ("/", f"/builds/{build.slug}/ballot/", f"/api/v1/builds/{build.slug}/ballot")
    requests = [volley.request("GET", page, visitor.headers, b"") for page in pages]
    requests += [
        volley.form("/engineers/lin/thank/", visitor, build=build.slug),
        volley.form("/accounts/login/", visitor, login="nobody", password="wrong"),
    ]
    replies = [reply for one in requests for reply in volley.fire(site, one, times=1)]
    return [reply.status for reply in replies if reply.status >= 500]


def test_broker_lost(site, lose_the_broker, turn):
    site.start("worker", "beat")
    damage, due = lose_the_broker(is_emptied=turn % 2 == 0)
    assert damage == []
    assert due.left() == []


def test_broker_lost_with_the_beat_unhurried(site, lose_the_broker):
    site.stop("beat")
    site.start("worker")
    site.start("beat", FAULT_HURRY="1")
    damage, due = lose_the_broker(is_emptied=True)
    assert damage == []
    assert due.left() == []


def test_control_without_the_beat(site, lose_the_broker, figures):
    site.stop("beat")
    _damage, due = lose_the_broker(is_emptied=True)
    figures.update({"steps never done": len(due.left(seconds=CONTROL_SECONDS))})
    assert figures["steps never done"]


def test_control_sessions_in_the_broker(site, lose_the_broker, figures):
    site.stop("web")
    site.start("web", FAULT_CONTROL="sessions in the broker")
    damage, _due = lose_the_broker(is_emptied=False)
    figures.update({"pages failed": len(damage)})
    assert damage
