"""manage.py import_git: the commits of a range become a draft."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from community.builds.domain.importing.git import read_range
from community.builds.domain.importing.notes import Notes
from community.builds.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Read FROM..TO of a repository, show what was understood, and save it as a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        """The repository and its range."""
        parser.add_argument("repository", metavar="REPO", type=Path)
        parser.add_argument("range", metavar="FROM..TO")
        super().add_arguments(parser)

    def read(self, options: dict[str, Any]) -> Notes:
        """Authors and co-authors sign; bots and merges are left out."""
        return read_range(options["repository"], options["range"])
