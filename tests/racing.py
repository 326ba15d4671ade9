"""Acts that begin together, each in a thread with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from django.db import connection

PATIENCE_S = 30


def at_once(
    *acts: Callable[[], object], refusals: tuple[type[Exception], ...] = ()
) -> list[object]:
    """What each act gives, or the refusal it met, in their order; any other exception is raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            barrier.wait(PATIENCE_S)
            return act()
        except refusals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def wait_for_waiting(otherwise: Event) -> None:
    """Until somebody waits for the window's lock; or until it turned out that nobody does."""
    waiting = """
        SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
         WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted
    """
    with connection.cursor() as cursor:
        while not otherwise.is_set():
            cursor.execute(waiting)
            if cursor.rowcount:
                return
