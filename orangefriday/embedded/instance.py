"""One instance a state directory: started once, shared by every command that comes later."""

import atexit
import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from orangefriday.embedded.child import Child, take_lock
from orangefriday.embedded.keys import is_local, local_keys
from orangefriday.embedded.postgres import Postgres
from orangefriday.embedded.problem import CannotStart
from orangefriday.embedded.state import ELSEWHERE_PREFIX, prepare, state_dir
from orangefriday.embedded.valkey import Valkey

JOIN_SECONDS = 120.0  # how long to wait for an instance that another command is starting
ADDRESSES = ("DATABASE_URL", "REDIS_URL")


class Server(Protocol):
    """What starts and then answers at an address."""

    @property
    def url(self) -> str:
        """The address for the environment."""

    def start(self, output: int | IO[bytes]) -> Child:
        """Start it and wait until it can serve."""


class AlreadyRunning(CannotStart):
    """Another process runs the instance of this state directory."""


class Instance:
    """The right to run a state directory's servers, held until `release` or the process's end."""

    def __init__(self, state: Path) -> None:
        """Take the right. Raises `AlreadyRunning`, or `CannotStart` where a right is missing."""
        self.state = prepare(state)
        self._record = state / "instance.json"
        try:
            self._lock = take_lock(state / "instance.lock", seconds=0, refusal="")
        except CannotStart:
            raise AlreadyRunning(_describe_owner(self._record)) from None
        self._users = (state / "users.lock").open("a")
        self._record.unlink(missing_ok=True)  # of an owner that was killed

    def servers(self, *, is_lasting: bool = True) -> dict[str, Server]:
        """The servers that the environment does not name, by the variable that would."""
        servers: dict[str, Server] = {}
        if not os.environ.get("DATABASE_URL"):
            servers["DATABASE_URL"] = Postgres(self.state, is_lasting=is_lasting)
        if not os.environ.get("REDIS_URL"):
            servers["REDIS_URL"] = Valkey(self.state)
        return servers

    def announce(self, addresses: dict[str, str]) -> None:
        """Tell other commands where the servers answer."""
        new = self._record.with_suffix(".new")
        new.write_text(json.dumps({"pid": os.getpid(), "addresses": addresses}))
        new.replace(self._record)

    def wait_until_unused(self) -> None:
        """Wait for the other commands that use the servers, then keep new ones away."""
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("Another command still uses this database: waiting for it to end.\n")
            fcntl.flock(self._users, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Remove the state directory and what it keeps elsewhere, for good."""
        for link in self.state.rglob("*"):
            if link.is_symlink() and link.readlink().name.startswith(ELSEWHERE_PREFIX):
                shutil.rmtree(link.readlink(), ignore_errors=True)
        self.release()
        shutil.rmtree(self.state)

    def release(self) -> None:
        """Give the right back; the servers are stopped before."""
        self._record.unlink(missing_ok=True)
        self._users.close()
        self._lock.close()


@contextmanager
def services(
    state: Path | None = None, *, is_lasting: bool = True, is_shared: bool = True
) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of servers that run at least as long as the block.

    They are the environment's, else those of the running instance, else of servers started here.
    `is_lasting` False makes the database fast and unsafe. Raises `CannotStart`, and
    `AlreadyRunning` when there is a running instance and `is_shared` is False.
    """
    given = {name: value for name in ADDRESSES if (value := os.environ.get(name))}
    if len(given) == len(ADDRESSES):
        yield given
        return
    with ExitStack() as stack:
        state = prepare(state or state_dir())
        found = _join_or_own(state, stack) if is_shared else Instance(state)
        if isinstance(found, Instance):
            yield given | _run_servers(found, stack, is_lasting=is_lasting)
        else:
            yield found | given


def ensure_environment() -> None:
    """Give this process a database, a broker and keys for as long as it lives.

    Ends the process with one sentence where that is impossible.
    """
    state = state_dir()
    os.environ["STATE_DIR"] = str(state)
    stack, owner = ExitStack(), os.getpid()
    try:
        os.environ.update(stack.enter_context(services(state)))
        if is_local():
            os.environ.update(local_keys(state) | os.environ)
    except CannotStart as problem:
        sys.exit(str(problem))
    # A forked child leaves through here too, but the servers are not its own.
    atexit.register(lambda: stack.close() if os.getpid() == owner else None)


def _join_or_own(state: Path, stack: ExitStack) -> Instance | dict[str, str]:
    """The addresses of the running instance, or the right to run one."""
    deadline = time.monotonic() + JOIN_SECONDS
    while True:
        with suppress(AlreadyRunning):
            return Instance(state)
        users = stack.enter_context((state / "users.lock").open("a"))
        fcntl.flock(users, fcntl.LOCK_SH)
        with suppress(FileNotFoundError):
            return dict(json.loads((state / "instance.json").read_text())["addresses"])
        users.close()
        if time.monotonic() > deadline:
            raise CannotStart(f"The instance in {state} does not finish starting: end it first.")
        time.sleep(0.1)


def _run_servers(instance: Instance, stack: ExitStack, *, is_lasting: bool) -> dict[str, str]:
    """Start the servers, with their lines in files, until the stack is closed."""
    stack.callback(instance.release)
    logs = instance.state / "log"
    logs.mkdir(mode=0o700, exist_ok=True)
    addresses = {}
    for variable, server in instance.servers(is_lasting=is_lasting).items():
        with (logs / f"{type(server).__name__.lower()}.log").open("wb") as log:
            stack.callback(server.start(log).stop)
        addresses[variable] = server.url
    instance.announce(addresses)
    stack.callback(instance.wait_until_unused)
    return addresses


def _describe_owner(record: Path) -> str:
    sentence = f"An instance already runs in {record.parent}"
    with suppress(OSError, ValueError, KeyError):
        sentence += f" (process {json.loads(record.read_text())['pid']})"
    return f"{sentence}: stop it, or name another directory with STATE_DIR=."
