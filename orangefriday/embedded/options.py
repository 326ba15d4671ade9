"""What the environment asks of `make run`, checked before anything is started."""

import errno
import ipaddress
import os
import socket
from dataclasses import dataclass

from orangefriday.embedded.problem import CannotStart

MOST_DEFAULT_WORKERS = 4
MOST_DEFAULT_THREADS = 8  # each holds a database connection


@dataclass(frozen=True)
class Options:
    """Where the site answers and how wide it is."""

    host: str
    port: int
    workers: int
    threads: int
    wants_demo: bool
    logs_requests: bool

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the site."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """The address to open in a browser on this machine."""
        host = f"[{self.own_host}]" if ":" in self.own_host else self.own_host
        return f"http://{host}:{self.port}/"

    @property
    def own_host(self) -> str:
        """The name by which this machine reaches the site."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 asks for it by this name


def read_options() -> Options:
    """HOST, PORT (0: any free one), WEB_WORKERS, WEB_THREADS, DEMO and ACCESS_LOG.

    Raises `CannotStart` when a value is no number or the port is not to be had.
    """
    host = os.environ.get("HOST") or "127.0.0.1"
    cores = os.cpu_count() or 1
    # Another database may hold a real community: there the demo is loaded only when asked for.
    demo = os.environ.get("DEMO") or ("0" if os.environ.get("DATABASE_URL") else "1")
    return Options(
        host=host,
        port=_free_port(host, _number("PORT", 8000, 0, 65535)),
        workers=_number("WEB_WORKERS", min(cores, MOST_DEFAULT_WORKERS), 1, 64),
        threads=_number("WEB_THREADS", min(2 * cores + 1, MOST_DEFAULT_THREADS), 1, 256),
        wants_demo=demo != "0",
        logs_requests=os.environ.get("ACCESS_LOG", "0") != "0",
    )


def _number(name: str, default: int, least: int, most: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise CannotStart(f"{name}={text} is not a number from {least} to {most}.")
    return int(text)


def _free_port(host: str, port: int) -> int:
    """The port itself, or one that the system chooses for 0, after binding it once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except socket.gaierror as error:
        raise CannotStart(f"HOST={host} is not an address of this machine.") from error
    except OSError as error:
        raise CannotStart(_port_problem(host, port, error)) from error


def _port_problem(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} on {host} is taken by another program: "
                f"choose another one, such as PORT={_free_port(host, 0)}."
            )
        case errno.EACCES | errno.EPERM:
            return f"Port {port} needs more rights than you have: choose one above 1023 with PORT=."
        case _:
            return f"Cannot answer at {host}, port {port}: {error.strerror}."
