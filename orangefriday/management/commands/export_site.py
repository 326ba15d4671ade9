"""manage.py export_site: everything an owner needs to leave, in one directory or archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from orangefriday.export.checking import faults
from orangefriday.export.targets import AlreadyThere
from orangefriday.export.writing import export


class Command(BaseCommand):
    help = "Write all tables as JSON Lines, the pictures and a manifest; or check what was written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("target", type=Path, metavar="DIRECTORY|FILE.zip")
        parser.add_argument("--check", action="store_true", help="write nothing: is it whole?")

    def handle(self, *_args: str, **options: Any) -> None:
        """Raises CommandError with the reason; nothing half-written keeps the name."""
        if options["check"]:
            self._check(options["target"])
            return
        try:
            manifest = export(options["target"], at=timezone.now(), tell=self._tell)
        except AlreadyThere:
            raise CommandError(f"{options['target']} is there already.") from None
        except OSError as error:
            raise CommandError(f"{options['target']}: {error.strerror}.") from None
        rows = sum(table["rows"] for table in manifest["tables"])
        self.stdout.write(
            f"{rows:,} rows and {manifest['files']['rows']:,} files in {options['target']}"
        )
        for name in manifest["files"]["missing"]:
            self.stderr.write(f"missing in the storage: {name}")

    def _check(self, target: Path) -> None:
        try:
            found = faults(target)
        except (OSError, BadZipFile) as error:
            raise CommandError(f"{target} cannot be read: {error}.") from None
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Whole.")

    def _tell(self, what: str, count: int) -> None:
        if self.stdout.isatty() or count:
            self.stdout.write(f"  {what}: {count:,}")
