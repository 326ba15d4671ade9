"""Draw worlds whose truth is known and see how often the award finds it."""

import multiprocessing
from argparse import ArgumentTypeError
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from awards.popcorn.domain.simulate import ROWS, Seen, see
from awards.popcorn.domain.targets import Row, judge, summarize, table


class Command(BaseCommand):
    help = "Simulate the award (docs/decisions/0014-award-simulation.md) beside its targets."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--worlds", type=_positive, default=200, help="worlds a row (200)")
        parser.add_argument("--voters", type=_positive, default=20_000, help="a world (20000)")
        parser.add_argument("--seed", type=int, default=1, help="same seed, same table (1)")
        parser.add_argument("--rows", type=_rows, default=ROWS, help=f"of {','.join(ROWS)}")
        parser.add_argument("--jobs", type=_positive, default=2, help="processes (2)")

    def handle(self, **options: Any) -> None:
        rows = {}
        # A fresh interpreter each: a forked one would share threads it cannot use.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(options["jobs"], mp_context=context) as pool:
            for name in options["rows"]:
                rows[name] = self._simulate(pool, name, options)
        self.stdout.write(table(rows))
        for verdict in judge(rows):
            mark = "ok    " if verdict.is_reached else "missed"
            self.stdout.write(f"{mark} {verdict.row}: {verdict.sentence}")

    def _simulate(self, pool: ProcessPoolExecutor, name: str, options: dict[str, Any]) -> Row:
        watch = partial(see, name, voters=options["voters"], seed=options["seed"])
        seen: list[Seen] = []
        futures = [pool.submit(watch, number=number) for number in range(options["worlds"])]
        for future in futures:
            seen.append(future.result())
            self.stderr.write(f"\r{name} {len(seen)}/{len(futures)}", ending="")
        self.stderr.write("")
        return summarize(seen)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("must be positive")
    return number


def _rows(text: str) -> tuple[str, ...]:
    rows = tuple(text.split(","))
    if unknown := set(rows) - set(ROWS):
        raise ArgumentTypeError(
            f"unknown: {', '.join(sorted(unknown))}; choose of {','.join(ROWS)}"
        )
    return rows
