"""One readable log out of many: every line behind the short, coloured name of who wrote it."""

import os
import sys
import threading
from collections.abc import Callable, Iterable
from typing import IO

COLOURS = {"web": 36, "worker": 35, "beat": 33, "db": 34, "broker": 32, "friday": 91}
WIDTH = max(map(len, COLOURS))
END_SECONDS = 1.0  # how long the last lines may take


class Console:
    """Standard output, shared by line; `on_loss` is called once nobody reads it any more."""

    def __init__(self, *, on_loss: Callable[[], None]) -> None:
        self._on_loss = on_loss
        self._has_colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._writing = threading.Lock()
        self._channels: dict[str, tuple[IO[bytes], threading.Thread]] = {}

    def say(self, sentence: str) -> None:
        """A line of the supervisor's own."""
        self._write("friday", sentence)

    def tell(self, lines: Iterable[str]) -> None:
        """Lines as they are."""
        for line in lines:
            self._write_line(line)

    def channel(self, name: str) -> IO[bytes]:
        """A file whose lines appear behind the name; the same one for every start of a child."""
        if name not in self._channels:
            reading, writing = os.pipe()
            thread = threading.Thread(target=self._copy, args=(name, reading), daemon=True)
            self._channels[name] = (os.fdopen(writing, "wb", buffering=0), thread)
            thread.start()
        return self._channels[name][0]

    def close(self) -> None:
        """Write what is left."""
        for file, thread in self._channels.values():
            file.close()
            thread.join(END_SECONDS)

    def _copy(self, name: str, reading: int) -> None:
        # Reads to the end even when nobody listens: a full pipe would stop the child.
        with os.fdopen(reading, errors="replace") as lines:
            for line in filter(None, map(str.rstrip, lines)):
                self._write(name, line)

    def _write(self, name: str, line: str) -> None:
        prefix = f"{name:>{WIDTH}} |"
        if self._has_colours:
            prefix = f"\x1b[{COLOURS[name]}m{prefix}\x1b[0m"
        self._write_line(f"{prefix} {line}")

    def _write_line(self, line: str) -> None:
        try:
            with self._writing:
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
        except (OSError, ValueError):
            self._on_loss()
