"""The files of the embedded PostgreSQL: made by initdb, complete or not there."""

import os
import shutil
import subprocess
from pathlib import Path

from orangefriday.embedded.account import Account
from orangefriday.embedded.child import Child
from orangefriday.embedded.problem import CannotStart

SUPERUSER = "postgres"

# The builtin locale orders and classifies alike on every system. The other categories come from
# the C library, where pg_trgm looks: with plain C it would see no Chinese.
LIBRARY_LOCALE = "C.UTF-8" if os.uname().sysname == "Linux" else "en_US.UTF-8"

INITDB_OPTIONS = [
    f"--username={SUPERUSER}",
    "--auth-local=trust",  # whoever may enter the socket's directory is the owner or root
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    f"--locale={LIBRARY_LOCALE}",
    "--data-checksums",
    "--no-instructions",
]


def make_cluster(data: Path, programs: Path, account: Account, *, is_lasting: bool) -> None:
    """Make the files aside and move them into place last, so that what has the name is complete.

    Raises `CannotStart` with what initdb says.
    """
    half = data.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    command: list[str | Path] = [programs / "initdb", "--pgdata", half, *INITDB_OPTIONS]
    if not is_lasting:
        command.append("--no-sync")
    log = data.with_name("initdb.log")
    with log.open("wb") as record:
        child = Child(command, output=record, account=account, directory=data.parent)
    try:
        status = child.wait()
    finally:
        child.stop()
    if status != 0:
        last = log.read_text(errors="replace").strip().rpartition("\n")[2]
        raise CannotStart(f"Could not make the database's files in {data.parent}: {last}")
    half.rename(data)


def check_release(data: Path, programs: Path) -> None:
    """Raise `CannotStart` where the files are of another major release than the programs."""
    made_by = (data / "PG_VERSION").read_text().strip()
    reported = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    release = reported.stdout.split()[-1].partition(".")[0]
    if made_by != release:
        sentence = (
            f"The database in {data} was made by PostgreSQL {made_by} and this release brings "
            f"{release}: move its content with pg_dump, or name another STATE_DIR=."
        )
        raise CannotStart(sentence)
