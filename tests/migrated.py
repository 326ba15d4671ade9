"""A database that is migrated once and copied for every run, until a migration changes."""

import fcntl
import hashlib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.state import ModelState, ProjectState

from orangefriday.embedded.state import state_dir

BEGUN = "migrated_begun"


def migrated_database() -> str:
    """The name of the migrated database; the first to ask makes it, others wait."""
    name = f"migrated_{_digest()}"
    with (state_dir() / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname ^@ 'migrated_'")
            found = {row[0] for row in cursor.fetchall()}
        if name not in found:
            _make(name, found)
    return name


def _make(name: str, outdated: set[str]) -> None:
    """Migrate under another name first: what has the name is complete."""
    settings = connection.settings_dict
    own_name, test_name = settings["NAME"], settings["TEST"]["NAME"]
    settings["TEST"]["NAME"] = BEGUN
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "add_model", _add_alone)
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    settings["NAME"], settings["TEST"]["NAME"] = own_name, test_name
    with connection.creation._nodb_cursor() as cursor:
        for old in outdated - {BEGUN}:
            cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'ALTER DATABASE "{BEGUN}" RENAME TO "{name}"')


def _add_alone(state: ProjectState, model: ModelState) -> None:
    """Let a new model change no other: classes of all its relations made anew are half the time."""
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state._reload({key})


def _digest() -> str:
    content = hashlib.sha256()
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            content.update(f"{config.label} {file.name}".encode() + file.read_bytes())
    return content.hexdigest()[:16]
