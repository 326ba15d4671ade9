"""manage.py import_changelog: release notes become drafts."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from community.builds.domain.importing.guard import MOST_BYTES, decode
from community.builds.domain.importing.notes import Format, Notes
from community.builds.domain.importing.parse import parse
from community.builds.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Read release notes, show line by line what was understood, and save them as drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and a format that overrules the one its lines suggest."""
        parser.add_argument("file", metavar="FILE|-", help="the notes; - is standard input")
        formats = [name.value for name in Format if name is not Format.GIT]
        parser.add_argument("--format", choices=formats, help="default: told by the lines")
        super().add_arguments(parser)

    def read(self, options: dict[str, Any]) -> Notes:
        """Never more than one byte above what is accepted is read."""
        hint = Format(options["format"]) if options["format"] else None
        if options["file"] == "-":
            self.takes_answers = False
            return parse(decode(sys.stdin.buffer.read(MOST_BYTES + 1)), hint=hint)
        try:
            with Path(options["file"]).open("rb") as file:
                return parse(decode(file.read(MOST_BYTES + 1)), hint=hint)
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s.")
                % {"file": options["file"], "reason": error.strerror}
            ) from None
