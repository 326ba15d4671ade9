"""manage.py import_csv: CSV files of any other forum become members, boards, topics and posts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from community.forum.domain.importing.csv_files import CsvFiles
from community.forum.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import members, boards, topics and posts from CSV files; see docs/operations.md."
    system = CsvFiles.system

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The directory."""
        parser.add_argument("directory", type=Path)
        super().add_arguments(parser)

    def handle(self, *_args: str, **options: Any) -> None:
        """Raises CommandError with the reason."""
        if not options["directory"].is_dir():
            raise CommandError(f"{options['directory']} is no directory.")
        self.take_over(CsvFiles(options["directory"]), options)
