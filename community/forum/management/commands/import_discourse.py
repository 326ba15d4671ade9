"""manage.py import_discourse: a backup of Discourse becomes members, boards, topics and posts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from community.forum.domain.importing.discourse import Discourse
from community.forum.domain.importing.pg_dump import PgDump
from community.forum.domain.importing.records import BrokenSource
from community.forum.domain.importing.unpack import plain
from community.forum.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import members, categories, tags, topics and posts from a backup of Discourse."
    system = Discourse.system

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The backup, and where its forum was."""
        parser.add_argument(
            "file", type=Path, help="a backup (.tar.gz), its dump.sql.gz or dump.sql"
        )
        parser.add_argument("--site", default="", help="the old address, for links to its uploads")
        super().add_arguments(parser)

    def handle(self, *_args: str, **options: Any) -> None:
        """Raises CommandError with the reason."""
        try:
            with plain(options["file"]) as path:
                self.take_over(Discourse(PgDump(path), site=options["site"]), options)
        except BrokenSource as broken:
            raise CommandError(str(broken)) from None
