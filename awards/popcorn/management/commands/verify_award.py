"""manage.py verify_award BUNDLE: check an award offline and compute it again."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from awards.popcorn.domain.verify import NotVerified, read_header, verify


class Command(BaseCommand):
    """Touches no database and no model: the bundle is all there is."""

    help = "Verify the bundle of a Popcorn Award: signature, every line, and the ranking itself."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundle", help="the downloaded file")
        parser.add_argument(
            "--public-key", metavar="HEX", help="the site's key: also checks who signed"
        )

    def handle(self, *args: Any, bundle: str, public_key: str | None, **options: Any) -> None:
        try:
            content = Path(bundle).read_bytes()
        except OSError as error:
            raise CommandError(f"{bundle} cannot be read: {error.strerror}.") from None
        try:
            result = verify(content, public_key=_key(public_key))
        except NotVerified as failure:
            self.stderr.write(f"NOT VERIFIED. {failure}")
            sys.exit(1)
        self._say(content, result, is_key_given=public_key is not None)

    def _say(self, content: bytes, result: dict[str, Any], *, is_key_given: bool) -> None:
        header = read_header(content)
        titles = {feature.id: feature.title for feature in header.features}
        names = {engineer.id: engineer.name for engineer in header.engineers}
        outcome = result["outcome"]
        self.stdout.write(f"Verified: build {header.build}, {result['ballots']} ballots.")
        self.stdout.write(f"  Bucket: {_list(titles, outcome['bucket'])}")
        self.stdout.write(f"  Winner: {_list(names, outcome['winners'])}")
        for place in [row for row in result["places"] if row["place"]][:3]:
            self.stdout.write(
                f"  {place['place']}. {names[place['engineer']]}  {place['score']}"
                f"  ({place['score_low']}–{place['score_high']})"
            )
        if not is_key_given:
            self.stdout.write(
                "  Signed with the bundle's own key: give --public-key to check whose."
            )


def _key(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise CommandError("--public-key takes 64 hexadecimal digits.") from None


def _list(names: dict[int, str], keys: list[int]) -> str:
    return ", ".join(names[key] for key in keys) or "not enough votes this week"
