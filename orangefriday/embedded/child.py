"""Child processes that end with their parent, and locks that last as long as a child lives."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from orangefriday.embedded.account import Account
from orangefriday.embedded.problem import CannotStart

TETHER = Path(__file__).with_name("tether.py")


class Child:
    """A running command that leads its own process group, out of reach of the terminal's Ctrl-C."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        output: int | IO[bytes],
        farewell: signal.Signals = signal.SIGTERM,
        account: Account | None = None,
        environment: Mapping[str, str] | None = None,
        directory: Path | None = None,
        keep_open: Collection[int] = (),
    ) -> None:
        """Start the command; `farewell` is the signal that asks it to end.

        Call from a thread that lasts: Linux takes the end of that thread for the parent's.
        """
        self.farewell = farewell
        # Only this process holds the writing end: its closing tells the tether that we are gone.
        lifeline, self._lifeline = os.pipe()
        tether = [os.getpid(), int(farewell), lifeline]
        owner = [account.uid, account.gid] if account and os.geteuid() == 0 else [-1, -1]
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", TETHER, *map(str, tether + owner), *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=directory,
            pass_fds=(lifeline, *keep_open),
            start_new_session=True,
        )
        os.close(lifeline)

    @property
    def is_running(self) -> bool:
        """Whether the command has not ended yet."""
        return self.process.poll() is None

    def wait(self, seconds: float | None = None) -> int:
        """The exit status; raises `subprocess.TimeoutExpired` after the given time."""
        return self.process.wait(seconds)

    def stop(self, *, patience: float = 10.0) -> None:
        """Ask the command to end; after `patience` seconds end it and all it started."""
        if self.is_running:
            self.process.send_signal(self.farewell)
            with suppress(subprocess.TimeoutExpired):
                self.wait(patience)
        self.bury()

    def bury(self) -> None:
        """End whatever is left of the process group, such as workers whose master was killed."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.wait()
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1


def take_lock(path: Path, *, seconds: float, refusal: str) -> IO[str]:
    """Take an exclusive lock, waiting while another process holds it.

    A child that keeps the file open holds the lock until it and its own children have ended, so
    that a server of a killed earlier run is never started twice on the same files.
    Raises `CannotStart` with `refusal` when the time is over.
    """
    file = path.open("a+")
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                file.close()
                raise CannotStart(refusal) from None
            time.sleep(0.05)
        else:
            return file
