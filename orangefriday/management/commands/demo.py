"""manage.py demo: load the demo community."""

import json
import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from orangefriday.demo import load, people


class Command(BaseCommand):
    help = "Load eight weeks of a made-up phone system, its engineers, members, ballots and awards."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("The demo community is for a local instance: it brings accounts.")
        started = time.monotonic()
        accounts = people.accounts()
        try:
            with transaction.atomic():
                load.load(at=timezone.now(), accounts=accounts, say=self._say)
                # Inside, so that no account is ever committed whose password nobody knows.
                _keep(accounts, Path(settings.STATE_DIR) / "demo-accounts.json")
        except load.AlreadyLoaded:
            self.stdout.write("The demo community is loaded already; nothing was changed.")
            return
        self.stdout.write(f"Loaded in {time.monotonic() - started:.0f} s.")

    def _say(self, what: str) -> None:
        self.stdout.write(f"  {what} …")
        self.stdout.flush()


def _keep(accounts: list[people.Account], path: Path) -> None:
    """Write the accounts where `make run` reads them, for this user alone."""
    rows = [
        {"role": one.role, "username": one.username, "password": one.password} for one in accounts
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(rows, file, indent=1)
