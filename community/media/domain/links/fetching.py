"""Asking another site for a page: the name is resolved once, judged, and that number is called."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from urllib.parse import urljoin

from community.media.domain.links.addresses import Refused, Target, is_public, target

TIME_S = 5.0
MOST_BYTES = 1_000_000
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK = 200
PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True)
class Page:
    """The beginning of a page, where it was found, and the charset its sender named."""

    address: str
    data: bytes
    charset: str


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]


def _connect(ip: str, port: int) -> socket.socket:
    return socket.create_connection((ip, port), timeout=TIME_S)


@dataclass(frozen=True)
class Net:
    """The way out: numbers for a name, and a connection to a number."""

    resolve: Callable[[str, int], list[str]] = _resolve
    connect: Callable[[str, int], socket.socket] = _connect


INTERNET = Net()


def fetch(address: str, *, agent: str, net: Net = INTERNET) -> Page:
    """The page at an address, within TIME_S for each of at most MOST_REDIRECTS redirects.

    Nothing goes out but the address and the agent's name: no cookie, no referrer. Raises Refused,
    whatever went wrong.
    """
    for _step in range(MOST_REDIRECTS + 1):
        asked = target(address)
        try:
            with _asked(asked, agent, net) as response:
                if response.status not in REDIRECTS:
                    return _page(asked, response)
                address = urljoin(asked.address, response.getheader("Location") or "")
        except (OSError, HTTPException, ValueError) as error:
            raise Refused from error
    raise Refused


@contextmanager
def _asked(asked: Target, agent: str, net: Net) -> Iterator[HTTPResponse]:
    """The answer; the connection is cut when its time is over, however slowly it drips."""
    raw = net.connect(_judged(net.resolve(asked.host, asked.port)), asked.port)
    end = Timer(TIME_S, _cut, [raw])
    end.start()
    try:
        with raw, _secured(raw, asked) as stream:
            connection = HTTPConnection(asked.host.strip("[]"), asked.port)
            connection.sock = stream
            headers = {
                "Host": asked.host,
                "User-Agent": agent,
                "Accept": "text/html",
                "Accept-Encoding": "identity",
                "Connection": "close",
            }
            connection.request("GET", asked.path, headers=headers)
            response = connection.getresponse()
            with response:
                yield response
    finally:
        end.cancel()


def _judged(ips: list[str]) -> str:
    """The number to call. One that is not public is enough to call none of them."""
    if not ips or not all(map(is_public, ips)):
        raise Refused
    return ips[0]


def _secured(raw: socket.socket, asked: Target) -> socket.socket:
    if asked.scheme == "http":
        return raw
    return ssl.create_default_context().wrap_socket(raw, server_hostname=asked.host.strip("[]"))


def _cut(raw: socket.socket) -> None:
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:  # closed already
        return


def _page(asked: Target, response: HTTPResponse) -> Page:
    if response.status != OK or response.headers.get_content_type() not in PAGES:
        raise Refused
    charset = response.headers.get_content_charset() or ""
    return Page(asked.address, response.read(MOST_BYTES), charset)
