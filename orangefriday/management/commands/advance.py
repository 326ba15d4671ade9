"""manage.py advance: do what is due now, in the order of the week."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from orangefriday.due import advance


class Command(BaseCommand):
    help = "Freeze, publish, close, tally, report, compute and announce whatever is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", metavar="ISO", help="pretend it is this moment (development database only)"
        )

    def handle(self, *args: Any, at: str | None, **options: Any) -> None:
        steps = advance(at=_moment(at))
        for step in steps:
            self.stdout.write(step)
        self.stdout.write(f"Steps done: {len(steps)}." if steps else "Nothing is due.")


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    if not (settings.LOCAL or settings.DEBUG):
        raise CommandError("--at is for a development database; here the clock decides.")
    at = parse_datetime(text)
    if at is None:
        raise CommandError(f"{text!r} is not a moment like 2026-11-20T17:00+08:00.")
    return at if timezone.is_aware(at) else timezone.make_aware(at)
