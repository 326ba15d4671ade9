"""What a round has at hand: the site, what is voted on and by whom, its chances and figures."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from community.builds.models import Build, Product
from tests.faults import checker
from tests.faults.checker import Damage
from tests.faults.driver import Site
from tests.faults.history import History, Operation
from tests.faults.voters import Voters
from tests.faults.world import Ballots, Person, close_build, make_draft, open_build, schedule

DONE_SECONDS = 60.0  # worker and beat may take this long to do what is due


@dataclass(frozen=True)
class Due:
    """A build that should go out now, and one whose window has closed over some ballots."""

    site: Site
    to_publish: Build
    to_finish: Build
    figures: Counter[str]

    def left(self, *, seconds: float = DONE_SECONDS) -> list[Damage]:
        """What worker and beat have not done when the time is over."""
        with self.site.connect() as database:
            return checker.eventually(lambda: self._undone(database), seconds=seconds)

    def _undone(self, database: checker.Database) -> list[Damage]:
        self.figures.update(f"{name}s ended and started again" for name in self.site.revive())
        undone = checker.published(database, self.to_publish.pk)
        return undone + checker.finished(database, self.to_finish.pk)


class Voted(NamedTuple):
    """What members sent in a round, and what is wrong with it in the database."""

    operations: list[Operation]
    damage: list[Damage]


@dataclass(frozen=True)
class Stage:
    """One round, or the few of a control; `histories` is where the files of its clients go."""

    site: Site
    product: Product
    people: Sequence[Person]
    chance: random.Random
    figures: Counter[str]
    histories: Path
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def vote(
        self, build: Build, during: Callable[[History], object], *, insisting: float = 0.5
    ) -> Voted:
        """Let members vote while something happens; gives what is wrong with their ballots.

        `insisting` is the share of them who send again until they are answered.
        """
        with History(self.histories.with_suffix(f".{next(self._numbers)}.jsonl")) as history:
            voters = Voters(self.site, Ballots(build, self.chance), history, insisting=insisting)
            with voters.vote(self.people, self.chance):
                during(history)
            self.figures.update(rounds=1, **history.figures())
            operations = history.operations()
        with self.site.connect() as database:
            damage = checker.ballots(database, build.pk, operations)
            return Voted(operations, damage + checker.at_rest(database))

    def vote_until(self, fall: Callable[[], object], *, insisting: float = 0.5) -> Counter[str]:
        """Let something fall into a vote at any moment; counts what was damaged, by word."""
        connection.close()  # the last round may have cut it off

        def during(history: History) -> None:
            history.wait_for(acknowledged=self.chance.randint(10, len(self.people)))
            fall()

        voted = self.vote(open_build(self.product), during, insisting=insisting)
        return Counter(found.what for found in voted.damage)

    def make_due(self) -> Due:
        """Give worker and beat something to do."""
        connection.close()
        now = timezone.now()
        to_publish = schedule(make_draft(self.product), publish_at=now)
        return Due(self.site, to_publish, close_build(self.product), self.figures)
