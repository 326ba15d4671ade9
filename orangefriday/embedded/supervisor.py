"""`make run`: brings the whole site up, keeps it up, and takes it down again."""

import http.client
import os
import signal
import sys
import time
from contextlib import ExitStack
from functools import partial
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

from orangefriday.embedded import programs
from orangefriday.embedded.child import Child, take_lock
from orangefriday.embedded.console import Console
from orangefriday.embedded.instance import Instance
from orangefriday.embedded.keeper import Keeper
from orangefriday.embedded.keys import is_local, local_keys
from orangefriday.embedded.named import check_named
from orangefriday.embedded.options import Options, read_options
from orangefriday.embedded.preparation import Preparation
from orangefriday.embedded.problem import CannotStart
from orangefriday.embedded.state import PROJECT_DIR, state_dir
from orangefriday.embedded.welcome import welcome

SERVER_NAMES = {"DATABASE_URL": "db", "REDIS_URL": "broker"}
HANDOVER_SECONDS = 30.0  # how long the processes of a killed earlier run may take to end
READY_SECONDS = 60.0


class StopRequested(BaseException):
    """Ctrl-C, a signal to end, or the loss of the terminal."""


def run() -> int:
    """Run the site until it is asked to stop; returns the exit status."""
    _listen_for_signals()
    console = Console(on_loss=lambda: os.kill(os.getpid(), signal.SIGTERM))
    try:
        with ExitStack() as stack:
            stack.callback(console.close)
            Supervisor(console, stack).run()
    except StopRequested:
        return 0
    except CannotStart as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


class Supervisor:
    """One run; its stack takes down in reverse order what was started."""

    def __init__(self, console: Console, stack: ExitStack) -> None:
        self._console = console
        self._stack = stack
        self._keepers: list[Keeper] = []

    def run(self) -> NoReturn:
        """Start everything, say where it is, then keep it running until a signal comes."""
        instance = Instance(state_dir())
        self._stack.callback(instance.release)
        lock = self._stack.enter_context(_lock_site(instance.state))
        options = read_options()
        check_named()
        environment = environment_of(instance.state, options, self._start_servers(instance))
        preparation = Preparation(instance.state, environment, self._console)
        preparation.run(wants_demo=options.wants_demo)
        for name, command in programs.site(instance.state, options).items():
            output = self._console.channel(name)
            start = partial(Child, command, output=output, keep_open=[lock.fileno()])
            self._keep(name, partial(start, environment=environment, directory=PROJECT_DIR))
        self._wait_until_ready(options)
        accounts = instance.state / "demo-accounts.json" if preparation.has_demo else None
        self._console.tell(welcome(options, accounts))
        while True:
            for keeper in self._keepers:
                keeper.look()
            time.sleep(0.2)

    def _start_servers(self, instance: Instance) -> dict[str, str]:
        """The addresses of the servers started, by the name of their variable."""
        addresses = {}
        for variable, server in instance.servers().items():
            name = SERVER_NAMES[variable]
            self._keep(name, partial(server.start, self._console.channel(name)))
            addresses[variable] = server.url
        instance.announce(addresses)
        return addresses

    def _keep(self, name: str, start: "partial[Child]") -> None:
        self._console.say(f"Starting {name}")
        keeper = Keeper(name, start, self._console)
        self._keepers.append(keeper)
        self._stack.callback(keeper.stop)

    def _wait_until_ready(self, options: Options) -> None:
        web = self._keepers[-1].child
        deadline = time.monotonic() + READY_SECONDS
        for path, pause in (("/healthz", 0.1), ("/readyz", 1.0)):
            while not _answers(options, path):
                if not web.is_running or time.monotonic() > deadline:
                    raise CannotStart(f"The site does not answer at {path}: see the lines above.")
                time.sleep(pause)


def environment_of(state: Path, options: Options, addresses: dict[str, str]) -> dict[str, str]:
    """For the site's processes: a local one has its keys, and mails lead back to its own port."""
    own = local_keys(state) | {"SITE_URL": options.address.rstrip("/")} if is_local() else {}
    where = {"STATE_DIR": str(state), "PYTHONUNBUFFERED": "1"}
    return own | dict(os.environ) | addresses | where


def _lock_site(state: Path) -> IO[str]:
    """A lock that web, worker and beat hold until they have ended, also when we were killed."""
    refusal = f"The site of an earlier start still runs on {state}: end it first."
    return take_lock(state / "site.lock", seconds=HANDOVER_SECONDS, refusal=refusal)


def _answers(options: Options, path: str) -> bool:
    """Whether the site says that it is well; a real one may first send to HTTPS."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").partition(",")[0]
    connection = http.client.HTTPConnection(options.own_host, options.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status < HTTPStatus.BAD_REQUEST
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _listen_for_signals() -> None:
    """Turn the first signal into an exception; later ones find the stop under way."""

    def request_stop(_number: int, _frame: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise StopRequested

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for each in numbers:
        signal.signal(each, request_stop)
