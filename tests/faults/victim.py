"""A process of its own that does one thing and is killed, at a statement or at a moment."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, NamedTuple

from django.db import connection, transaction

from tests.faults.driver import Site, django_on

Act = Callable[[], object]


def fork(site: Site, act: Act, *, kill_at: int = 0) -> int:
    """Do something in a new process; gives its id. It kills itself after so many statements."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        with django_on(site.url), statements(kill_at):
            act()
            status = 0
    finally:
        os._exit(status)  # nothing of the parent's is tidied up here


def kill(child: int, *, after: float) -> None:
    """Kill a process that is still at it."""
    time.sleep(after)
    os.kill(child, signal.SIGKILL)


class Course(NamedTuple):
    """How many statements something takes when nothing disturbs it, and how long."""

    statements: int
    seconds: float


def measure(act: Act) -> Course:
    """Do something and take it back, as far as the database goes."""
    with transaction.atomic():
        started = time.monotonic()
        with statements() as done:
            act()
        course = Course(len(done), time.monotonic() - started)
        transaction.set_rollback(True)
    return course


def break_off(site: Site, act: Act, course: Course, *, chance: Random, before_end: int = 0) -> None:
    """Do something in a process that is killed so many statements before its end, else after any
    statement or at any moment.
    """
    if not before_end and chance.random() < 1 / 3:
        child = fork(site, act)
        kill(child, after=chance.uniform(0, course.seconds))
    else:
        last = course.statements
        child = fork(
            site, act, kill_at=last - before_end if before_end else chance.randint(1, last)
        )
    wait(child)


def wait(*children: int) -> list[int]:
    """How processes ended: their exit status, or minus the signal."""
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


@contextmanager
def statements(kill_at: int = 0) -> Iterator[list[str]]:
    """Note the statements of Django here; kill this process when so many have been executed."""
    done: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        given = execute(sql, *rest)
        if "SAVEPOINT" not in sql:  # there are more of them inside another transaction
            done.append(sql)
            if len(done) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return given

    with connection.execute_wrapper(note):
        yield done
