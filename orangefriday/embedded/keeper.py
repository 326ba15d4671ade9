"""Keeps one process running: starts it again when it ends, later each time, and says so."""

import time
from collections.abc import Callable

from orangefriday.embedded.child import Child
from orangefriday.embedded.console import Console
from orangefriday.embedded.problem import CannotStart

LONGEST_PAUSE_SECONDS = 30.0
HEALTHY_SECONDS = 60.0  # after so long a life, an end is a first one again


class Keeper:
    """A child and the way to start it."""

    def __init__(self, name: str, start: Callable[[], Child], console: Console) -> None:
        """Start it for the first time. Raises what `start` raises."""
        self.name = name
        self._start = start
        self._console = console
        self._failures = 0
        self._due_at: float | None = None
        self._started_at = time.monotonic()
        self.child = start()

    def look(self) -> None:
        """See whether it still runs; called a few times a second."""
        now = time.monotonic()
        if self._due_at is not None:
            if now >= self._due_at:
                self._start_again()
        elif not self.child.is_running:
            if now - self._started_at > HEALTHY_SECONDS:
                self._failures = 0
            self.child.bury()
            self._plan(f"ended ({_how(self.child.wait())})")

    def stop(self) -> None:
        """Stop it for good."""
        self._console.say(f"Stopping {self.name}")
        self.child.stop()

    def _start_again(self) -> None:
        self._due_at = None
        self._started_at = time.monotonic()
        try:
            self.child = self._start()
        except CannotStart as problem:
            self._plan(f"did not start ({problem})")

    def _plan(self, event: str) -> None:
        pause = min(2.0**self._failures, LONGEST_PAUSE_SECONDS)
        self._failures += 1
        self._due_at = time.monotonic() + pause
        self._console.say(f"{self.name} {event}: starting it again in {pause:.0f} s")


def _how(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit status {status}"
