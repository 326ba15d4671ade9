"""Check the bundle of an award: no database, no network, only the file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from awards.popcorn.domain.damage import MOST_BYTES
from awards.popcorn.domain.verify import Report, verify

SHOWN = 20


class Command(BaseCommand):
    help = "Check an award's bundle offline: its signature, every line, and the ranking anew."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bundle", type=Path, help="the file downloaded from the award's page")
        parser.add_argument(
            "--public-key",
            default="",
            help="hexadecimal key, or its SHA-256, that must have signed",
        )

    def handle(self, *, bundle: Path, public_key: str, **options: Any) -> None:
        report = verify(_read(bundle), public_key=public_key)
        if report.problems:
            for problem in report.problems[:SHOWN]:
                self.stderr.write(_shown(str(problem)))
            if (more := len(report.problems) - SHOWN) > 0:
                self.stderr.write(f"… and at least {more} more.")
            raise CommandError(f"{bundle} is not the award that was sealed.", returncode=1)
        for line in _told(report):
            self.stdout.write(_shown(line))
        if not public_key:
            self.stdout.write(
                "Compare the key with the one the site publishes, or give --public-key."
            )


def _read(bundle: Path) -> bytes:
    try:
        with bundle.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{bundle} cannot be read: {error.strerror}.") from error


def _told(report: Report) -> list[str]:
    return [
        f"The award of build {report.build} is what its {report.ballots} ballots make of it.",
        f"Bucket: {', '.join(report.bucket) or 'none'}",
        f"Winners: {', '.join(report.winners) or 'not enough votes'}",
        f"Snapshot: {report.digest}",
        f"Signed by: {report.public_key}",
        f"Key's SHA-256: {report.fingerprint}",
    ]


def _shown(line: str) -> str:
    """A line as a terminal may have it: names from a file could move its cursor, or add lines."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
