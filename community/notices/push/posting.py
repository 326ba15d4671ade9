"""Sending to an address a browser named: over TLS, to a public host, and to no other one."""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urlsplit

TIMEOUT_S = 10
HTTPS_PORT = 443
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotPublic(Exception):
    """The host has no address on the public network: nothing is sent there."""


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was judged; the name is still the one of the certificate."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=TIMEOUT_S, context=context)
        self._address, self._tls = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), TIMEOUT_S)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def post(
    url: str,
    *,
    body: bytes,
    headers: dict[str, str],
    allowed_hosts: frozenset[str],
    tls: ssl.SSLContext,
) -> int:
    """POST to an https: address; gives the status. Redirects are not followed.

    The name is resolved once and that address is used, so that it cannot turn into a private one
    between the look and the call. Raises NotPublic, or OSError when nobody answers.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or HTTPS_PORT
    if parts.scheme != "https":
        raise NotPublic(url)
    connection = _Pinned(host, port, _judged(host, port, allowed_hosts), tls)
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read(1024)
    except http.client.HTTPException as error:
        raise OSError(f"{host} does not speak HTTP") from error
    else:
        return answer.status
    finally:
        connection.close()


def _judged(host: str, port: int, allowed_hosts: frozenset[str]) -> str:
    """The first address of a host, if all of them are public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if host not in allowed_hosts and not all(map(is_public, addresses)):
        raise NotPublic(host)
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is on the public network, also one that hides in an IPv6 one."""
    ip: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast
