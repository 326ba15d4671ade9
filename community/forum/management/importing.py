"""What the import commands share: a name, boards, a progress bar, what was done."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.forum.domain.importing.records import BrokenSource, Source
from community.forum.domain.importing.running import AlreadyRunning, AnotherSystem, Outcome, run
from community.forum.models import Board


class ImportCommand(BaseCommand):
    """Imports what is not here yet. Broken off, or refused, run it again: it goes on."""

    system = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What all sources have in common."""
        parser.add_argument(
            "--name",
            default=self.system,
            help="what to remember this forum by; give each its own if you take over several",
        )
        parser.add_argument(
            "--board",
            action="append",
            default=[],
            metavar="OLD=SLUG",
            help="the board of this site for one of the other forum; may be repeated",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="do all of it, say what came of it, take it back"
        )

    def take_over(self, source: Source, options: dict[str, Any]) -> None:
        """Raises CommandError with line and reason; the batches before that line stay."""
        try:
            outcome = run(
                source,
                name=options["name"],
                boards=_boards(options["board"]),
                at=timezone.now(),
                tell=self._tell,
                is_dry=options["dry_run"],
            )
        except BrokenSource as broken:
            raise CommandError(str(broken)) from None
        except AlreadyRunning:
            raise CommandError("Another process imports under this name.") from None
        except AnotherSystem as other:
            raise CommandError(f"Under this name {other} was imported: use --name.") from None
        self._report(outcome, is_dry=options["dry_run"])

    def _tell(self, kind: str, count: int) -> None:
        """One line that counts up in a terminal; nothing in a log but the end."""
        if self.stdout.isatty():
            self.stdout.write(f"\r\x1b[K{kind}: {count:,}", ending="")
            self.stdout.flush()

    def _report(self, outcome: Outcome, *, is_dry: bool) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r\x1b[K", ending="")
        for kind, count in outcome.saved.items():
            if kind != "topic tags":
                self.stdout.write(f"{kind}: {count:,} new")
        for reason, count in sorted(outcome.left_out.items()):
            self.stdout.write(f"left out: {count:,} ({reason})")
        if outcome.renamed:
            self.stdout.write(f"{outcome.renamed:,} members have another login name here")
        if is_dry:
            self.stdout.write("A dry run: nothing was kept.")


def _boards(given: list[str]) -> dict[str, str]:
    boards = dict(pair.split("=", 1) for pair in given if "=" in pair)
    if len(boards) != len(given):
        raise CommandError("Write --board OLD=SLUG, each old one once.")
    known = set(Board.objects.filter(slug__in=boards.values()).values_list("slug", flat=True))
    if missing := sorted(set(boards.values()) - known):
        raise CommandError(f"There is no board {missing[0]}.")
    return boards
