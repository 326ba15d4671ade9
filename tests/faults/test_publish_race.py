"""Two schedulers and a manager's button at the hour: the build goes out once, with one topic."""

import time
from datetime import timedelta
from unittest.mock import patch

from django.db.models import QuerySet
from django.utils import timezone

from community.builds.domain import settings, week
from community.builds.domain.week import publishing
from community.builds.models import Build
from tests.faults import checker, defences, nemesis, victim, volley
from tests.faults.world import make_draft, schedule

CONTROLS = 5
AHEAD = timedelta(seconds=0.3)
SCHEDULERS = ("beat", "second-beat")


def advance_until_out(build):
    """A scheduler that cannot wait: it looks again at once until the build is out."""
    deadline = time.monotonic() + 10
    while not Build.objects.public().filter(pk=build.pk).exists():
        week.advance()
        assert time.monotonic() < deadline


def test_publish_race(site, product, manager, figures, turn):
    site.start("worker", *SCHEDULERS)
    build = schedule(make_draft(product), publish_at=timezone.now() + AHEAD)
    schedulers = [victim.fork(site, lambda: advance_until_out(build)) for _ in range(2)]
    button = volley.form(f"/studio/builds/{build.slug}/steps/publish/", manager)
    time.sleep(max(0, (build.publish_at - timezone.now()).total_seconds()))
    replies = volley.fire(site, button, times=10)
    if turn % 5 == 0:
        nemesis.kill(site.children[SCHEDULERS[1]])
    assert victim.wait(*schedulers) == [0, 0]
    assert {reply.status for reply in replies} == {302}
    with site.connect() as database:
        assert checker.published(database, build.pk) == []
    figures.update(rounds=1)


def test_control_publish_race_without_its_defences(site, product, figures):
    def unlocked(self, **_):
        return self

    def unclaimed(build, at, opens_at):
        time.sleep(0.1)  # long enough for the other one to have looked
        out = {"state": Build.State.PUBLISHED, "published_at": at, "ballots_open_at": opens_at}
        return bool(Build.objects.filter(pk=build.pk).update(**out))

    def publish(build):
        with (
            patch.object(QuerySet, "select_for_update", unlocked),
            patch.object(publishing, "_claim", unclaimed),
            patch.object(settings, "keep", lambda build: None),
        ):
            advance_until_out(build)

    site.stop("worker", *SCHEDULERS)
    with defences.without_triggers(site, "builds_build"):
        for _ in range(CONTROLS):
            build = schedule(make_draft(product), publish_at=timezone.now() + AHEAD)
            victim.wait(*(victim.fork(site, lambda build=build: publish(build)) for _ in range(2)))
            with site.connect() as database:
                figures.update(twice=len(checker.published(database, build.pk)))
    assert figures["twice"]
