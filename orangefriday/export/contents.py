"""Which tables and columns an export holds, and why the others are left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from django.db.models.options import Options

NO_PASSWORDS = "a secret: people sign in by a reset of the password"
SIGNED_IN = "who is signed in at the moment"
OURS = "made anew by every installation"
LIMITS = "wrong passwords of the last hours"

# By label; a label of an app alone stands for all of it.
LEFT_OUT = {
    "account.EmailConfirmation": NO_PASSWORDS,
    "admin": "what Django's admin pages note for themselves",
    "auth": OURS,
    "axes": LIMITS,
    "contenttypes": OURS,
    "members.ApiToken": NO_PASSWORDS,
    "members.Member_groups": OURS,
    "members.Member_user_permissions": OURS,
    "mfa": NO_PASSWORDS,
    "popcorn.PseudonymKey": "a secret: it joins published ballots with their voters",
    "sessions": SIGNED_IN,
    "sites": OURS,
    "socialaccount": "nobody signs in by another site",
    "usersessions": SIGNED_IN,
}
LEFT_OUT_COLUMNS = {"members_member.password": NO_PASSWORDS}


@dataclass(frozen=True)
class Table:
    """A table of a model, with the columns that are exported and those it is sorted by."""

    model: str
    name: str
    key: list[str]
    columns: list[str]


def tables() -> Iterator[Table]:
    """What is exported, in the order of rooms: every model that is not left out."""
    for meta in _models():
        if not left_out(meta):
            columns = [str(field.column) for field in meta.local_concrete_fields if field.column]
            kept = [name for name in columns if f"{meta.db_table}.{name}" not in LEFT_OUT_COLUMNS]
            key = [str(field.column) for field in meta.pk_fields]
            yield Table(meta.label, meta.db_table, key, kept)


def omissions() -> dict[str, str]:
    """What is left out, tables and columns, each with the reason."""
    models = {meta.label: reason for meta in _models() if (reason := left_out(meta))}
    return models | LEFT_OUT_COLUMNS


def left_out(meta: "Options[Model]") -> str:
    """The reason why a model is left out; "" if it is not."""
    return LEFT_OUT.get(meta.label) or LEFT_OUT.get(meta.app_label) or ""


def _models() -> Iterator["Options[Model]"]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy:
            yield meta
