"""The last words of a start: where the site is and who one can be there."""

import json
import os
import shlex
from pathlib import Path

from orangefriday.embedded.keys import is_local
from orangefriday.embedded.options import Options
from orangefriday.embedded.state import state_dir


def welcome(options: Options, accounts: Path | None) -> list[str]:
    """Lines with one address and one demo account a role; `accounts` None: there is no demo."""
    lines = ["", f"Orange Friday is at {options.address}", ""]
    if accounts and accounts.exists():
        lines += _account_table(json.loads(accounts.read_text()))
    else:
        lines.append(f"An admin is made by: {_where()}.venv/bin/python manage.py createsuperuser")
    lines += ["", _reach(options)]
    if is_local() and not os.environ.get("EMAIL_URL"):
        lines.append(f"Mails are not sent: they are files in {state_dir() / 'mail'}.")
    return [*lines, "Ctrl-C stops everything; the data stays.", ""]


def _where() -> str:
    """What other commands need to find the same data."""
    chosen = os.environ.get("STATE_DIR")
    return f"STATE_DIR={shlex.quote(chosen)} " if chosen else ""


def _account_table(accounts: list[dict[str, str]]) -> list[str]:
    rows = [("role", "name", "password")]
    rows += [(entry["role"], entry["username"], entry["password"]) for entry in accounts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _reach(options: Options) -> str:
    if options.is_loopback:
        return "It listens on this machine alone: nobody else on your network can reach it."
    return (
        f"It listens on {options.host}: others can reach it by the names in ALLOWED_HOSTS, "
        "and log in with the accounts they know."
    )
