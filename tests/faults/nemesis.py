"""Kills what a site runs on: kill -9, without a word; or takes away the room on its disk."""

import os
import random
import resource
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import psutil

from orangefriday.embedded.account import Account
from orangefriday.embedded.child import Child
from tests.faults.driver import Site


def kill(*children: Child) -> None:
    """End children with all their descendants, as a power cut would: all at once."""
    for child in children:
        _freeze(child)
    strike(process for child in children for process in family(child))
    for child in children:
        child.bury()


def _freeze(child: Child) -> None:
    """Stop a child and all it starts until nothing new has come: one forked now would live on."""
    known: set[int] = set()
    while found := {process.pid for process in family(child)} - known:
        for pid in sorted(found):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        known |= found


def family(child: Child) -> list[psutil.Process]:
    """A child and all its descendants; PostgreSQL's lead groups of their own."""
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(child.process.pid)
        return [parent, *parent.children(recursive=True)]
    return []


def strike(processes: Iterable[psutil.Process]) -> None:
    """Stop all before ending any: none must notice the end of another and tidy up."""
    processes = list(processes)
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)


def kill_one_web_process(site: Site, chance: random.Random) -> None:
    """End one of the web server's processes; its master starts another."""
    processes = psutil.Process(site.children["web"].process.pid).children()
    strike([chance.choice([process for process in processes if process.num_threads() > 2])])


def kill_one_backend(site: Site) -> None:
    """End one database process that serves the site: the server then ends and restarts all."""
    with site.connect() as database:
        row = database.execute(
            "SELECT pid FROM pg_stat_activity WHERE usename = current_user"
            " AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
        ).fetchone()
    if row:
        with suppress(ProcessLookupError):
            os.kill(int(str(row[0])), signal.SIGKILL)


@contextmanager
def full_disk(site: Site, *, room: int) -> Iterator[None]:
    """Let no file of the servers grow beyond so many bytes.

    They are told EFBIG where a full disk says ENOSPC: to both a write that failed.
    """
    _limit_files(site, room)
    try:
        yield
    finally:
        _limit_files(site, resource.RLIM_INFINITY)


def _limit_files(site: Site, size: int) -> None:
    for name, server in {"postgres": site.postgres, "valkey": site.valkey}.items():
        # The server first: what it starts from now on inherits the limit.
        for part in (slice(1), slice(1, None)):
            numbers = [process.pid for process in family(site.children[name])[part]]
            _as_account(server.account, partial(_limit_processes, numbers, size))


def _limit_processes(numbers: list[int], size: int) -> None:
    for number in numbers:
        with suppress(ProcessLookupError):
            resource.prlimit(number, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _as_account(account: Account | None, act: Callable[[], None]) -> None:
    """Limits are changed by those whose processes they are: not even root may, in a container."""
    child = os.fork()
    if not child:
        status = 1
        try:
            if account and os.geteuid() == 0:
                os.setgroups([])
                os.setgid(account.gid)
                os.setuid(account.uid)
            act()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
