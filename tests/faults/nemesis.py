"""Kills what a site runs on: kill -9, without a word."""

import os
import random
import signal
from collections.abc import Iterable
from contextlib import suppress

import psutil

from orangefriday.embedded.child import Child
from tests.faults.driver import Site


def kill(*children: Child) -> None:
    """End children with all their descendants, as a power cut would: all at once."""
    strike(process for child in children for process in family(child))
    for child in children:
        child.bury()


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
