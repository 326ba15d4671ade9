"""Where an instance keeps its files: the state directory and the places it cannot hold."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from orangefriday.embedded.account import Account
from orangefriday.embedded.problem import CannotStart

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent

# A socket's whole path must fit into sun_path: 108 bytes on Linux, 104 on macOS, zero included.
SOCKET_PATH_LIMIT = 103
ELSEWHERE_PREFIX = "orangefriday-"  # of the directories that the state directory cannot hold
PERSONAL = ("mail", "media")  # where accounts that may pass through could read on
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


def state_dir() -> Path:
    """The directory named by STATE_DIR, else `.local` of the project; absolute, may not exist."""
    return Path(os.environ.get("STATE_DIR") or PROJECT_DIR / ".local").absolute()


def prepare(path: Path) -> Path:
    """Make the state directory and see that it can be written.

    Raises `CannotStart` where a right is missing.
    """
    try:
        # Root's servers run under another account, which must be able to pass through.
        path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        (path / "static").mkdir(exist_ok=True)  # the site warns where there is none
        for name in PERSONAL:
            (path / name).mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
        for lock in path.glob("*.lock"):  # root, who ran this before, may write where we do not
            lock.open("a").close()
    except OSError as error:
        sentence = (
            f"Cannot write to the state directory {path} ({error.strerror}): "
            "make it yours or name another with STATE_DIR=."
        )
        raise CannotStart(sentence) from error
    return path


def data_directory(link: Path, account: Account) -> Path:
    """The 0700 directory of a server's files, elsewhere when the account cannot reach `link`."""
    if account.can_pass(link.parent):
        return _private_directory(link, account, elsewhere=None)
    return _private_directory(link, account, elsewhere=_lasting_directory())


def socket_directory(link: Path, account: Account) -> Path:
    """The 0700 directory of a server's socket, elsewhere when `link` is too long or unreachable."""
    longest = os.fsencode(link / LONGEST_SOCKET_NAME)
    if account.can_pass(link.parent) and len(longest) <= SOCKET_PATH_LIMIT:
        return _private_directory(link, account, elsewhere=None)
    if link.is_dir() and not link.is_symlink():  # the project was moved; sockets are no loss
        shutil.rmtree(link)
    return _private_directory(link, account, elsewhere=Path(tempfile.gettempdir()))


def _private_directory(link: Path, account: Account, *, elsewhere: Path | None) -> Path:
    """Make or find the directory; one that lies elsewhere is remembered by a symbolic link."""
    if link.is_dir() and _belongs_to(link.resolve(), account):
        return link.resolve()
    if link.is_dir() and not link.is_symlink():
        raise CannotStart(f"{link} belongs to someone else or is open to others: remove it.")
    link.unlink(missing_ok=True)
    if elsewhere:
        link.symlink_to(tempfile.mkdtemp(prefix=ELSEWHERE_PREFIX, dir=elsewhere))
    else:
        link.mkdir(mode=0o700)
    os.chown(link, account.uid, account.gid)
    return link.resolve()


def _belongs_to(path: Path, account: Account) -> bool:
    """Whether a directory is the account's alone: a remembered temporary one may not be."""
    info = path.stat()
    return info.st_uid == account.uid and not info.st_mode & 0o077


def _lasting_directory() -> Path:
    """Where root keeps what other accounts must reach and a restart must not lose."""
    home = Path("/Users/Shared" if sys.platform == "darwin" else "/var/lib")
    return home if home.is_dir() else Path(tempfile.gettempdir())
