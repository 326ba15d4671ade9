"""The system account that runs the servers: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from orangefriday.embedded.problem import CannotStart


@dataclass(frozen=True)
class Account:
    """Who owns the servers' files and processes."""

    uid: int
    gid: int

    def can_pass(self, path: Path) -> bool:
        """Whether the account may enter the directory and all above it."""
        return all(self._may_enter(p.stat()) for p in (path, *path.parents))

    def _may_enter(self, info: os.stat_result) -> bool:
        if info.st_uid == self.uid:
            return bool(info.st_mode & stat.S_IXUSR)
        return bool(info.st_mode & (stat.S_IXGRP if info.st_gid == self.gid else stat.S_IXOTH))


def current_account() -> Account:
    """Who runs this process."""
    return Account(uid=os.geteuid(), gid=os.getegid())


def server_account(home: Path) -> Account:
    """Who shall run the server whose files are, or will be, in `home`.

    An ordinary user runs it; for root it is the owner of the files, else `postgres` or `nobody`.
    """
    me = current_account()
    if me.uid != 0:
        return me
    if home.exists() and (info := home.stat()).st_uid != 0:
        return Account(uid=info.st_uid, gid=info.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise CannotStart("PostgreSQL does not run as root: run as an ordinary user instead.")


def wheel_directory(package: str, *, account: Account, copies: Path) -> Path:
    """The directory of an installed wheel, as a copy under `copies` where the account needs one.

    Libraries that the wheel keeps beside its package are copied along.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(f"The package {package} is missing: remove .venv and start again.")
    installed = Path(spec.submodule_search_locations[0])
    if account.can_pass(installed):
        return installed
    for directory in (installed, installed.with_name(f"{package}.libs")):
        if directory.is_dir():
            _copy_once(directory, copies / directory.name, account)
    return copies / package


def _copy_once(source: Path, target: Path, account: Account) -> None:
    """Copy a directory and give it to the account; a copy of another release is replaced."""
    made_from = target.with_name(f"{target.name}.made-from")
    fingerprint = f"{source} {source.stat().st_mtime_ns}"
    if made_from.exists() and made_from.read_text() == fingerprint:
        return
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("include", "*.a", "__pycache__"))
    for path in (target, *target.rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
    made_from.write_text(fingerprint)
