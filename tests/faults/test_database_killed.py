"""PostgreSQL is killed while members vote: what it acknowledged it has when it is back."""

from tests.faults import checker, defences, nemesis

CONTROLS = 5
CONTROL_SECONDS = 20  # many times what a beat in a hurry needs


def kill_all(site):
    nemesis.kill(site.children["postgres"])
    site.start("postgres")


def test_the_server_keeps_what_it_acknowledges(site):
    with site.connect() as database:
        assert checker.lasting(database) == []


def test_database_killed_while_members_vote(site, stage, turn):
    site.start("worker", "beat")
    kill = kill_all if turn % 2 else nemesis.kill_one_backend
    assert not stage.vote_until(lambda: kill(site))
    assert stage.make_due().left() == []


def test_control_commits_asynchronous(site, stage, figures):
    with defences.asynchronous_commit(site):
        for _ in range(CONTROLS):
            figures.update(lost=stage.vote_until(lambda: kill_all(site))["lost"])
    assert figures["lost"]


def test_control_worker_keeps_its_connection(site, stage, figures):
    site.stop("worker")
    site.start("worker", FAULT_CONTROL="worker keeps its connection")
    assert stage.make_due().left() == []
    kill_all(site)
    left = stage.make_due().left(seconds=CONTROL_SECONDS)
    figures.update({f"steps not done in {CONTROL_SECONDS} s": len(left)})
    assert left
