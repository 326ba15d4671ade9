"""The secret keys of a local instance, made at the first start and kept in its state directory."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import environ

from orangefriday.embedded.problem import CannotStart

MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    # Below 2^255, so that it is a number of the curve P-256.
    "WEB_PUSH_KEY": lambda: base64.b64encode(b"\x7f" + secrets.token_bytes(31)).decode(),
    "AWARD_SIGNING_KEY": lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
}


def is_local() -> bool:
    """Whether this is a local instance, as the settings decide: no hosts named, or LOCAL=1."""
    if chosen := os.environ.get("LOCAL"):
        return chosen.lower() in environ.Env.BOOLEAN_TRUE_STRINGS
    return not os.environ.get("ALLOWED_HOSTS")


def local_keys(state: Path) -> dict[str, str]:
    """The instance's keys by the name of their environment variable, new ones where none are kept.

    Raises `CannotStart` when the file belongs to another account.
    """
    file = state / "secrets.env"
    try:
        kept = _read(file)
        missing = {name: make() for name, make in MAKERS.items() if name not in kept}
        if missing:
            _write(file, kept | missing)
        return kept | missing
    except PermissionError as error:
        raise CannotStart(f"Cannot read {file}: it belongs to another account.") from error


def _read(file: Path) -> dict[str, str]:
    lines = file.read_text().splitlines() if file.exists() else []
    return {name: value for name, _, value in (line.partition("=") for line in lines) if value}


def _write(file: Path, keys: dict[str, str]) -> None:
    """Replace the file as a whole; no other account can read it at any moment."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in keys.items())
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
