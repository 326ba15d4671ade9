"""manage.py import_discuz: a dump of Discuz! X becomes members, boards, topics and posts."""

import codecs
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from community.forum.domain.importing.discuz import Discuz
from community.forum.domain.importing.mysql_dump import MysqlDump
from community.forum.domain.importing.records import BrokenSource
from community.forum.domain.importing.unpack import plain
from community.forum.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import members, boards, threads and posts from a MySQL dump of Discuz! X."
    system = Discuz.system

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The dump, how it is encoded, and where its forum was."""
        parser.add_argument(
            "file", type=Path, help="a dump by mysqldump: .sql, .sql.gz, .zip, .tar.gz"
        )
        parser.add_argument("--encoding", default="utf-8", help="of the dump, such as gbk")
        parser.add_argument("--site", default="", help="the old address, for links to attachments")
        super().add_arguments(parser)

    def handle(self, *_args: str, **options: Any) -> None:
        """Raises CommandError with the reason."""
        try:
            codecs.lookup(options["encoding"])
            with plain(options["file"]) as path:
                dump = MysqlDump(path, options["encoding"])
                self.take_over(Discuz(dump, site=options["site"]), options)
        except LookupError:
            raise CommandError(f"There is no encoding {options['encoding']}.") from None
        except BrokenSource as broken:
            raise CommandError(str(broken)) from None
