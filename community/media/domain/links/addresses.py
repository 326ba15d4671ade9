"""Which addresses this site may ask, and which only look as if it might."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_OPEN_IPV6 = ip_network("2000::/3")
# Public by the registries, and yet a way to somewhere near: tunnels to IPv4, a cloud's host.
_CLOSED = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",
            "2001::/23",
            "2002::/16",
            "3ffe::/16",
            "192.88.99.0/24",
            "168.63.129.16/32",
        ),
    )
)


class Refused(Exception):
    """This address is not asked, or no more of it is read."""


@dataclass(frozen=True)
class Target:
    """An address taken apart: what to say as Host, which port, what to ask for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"


def target(address: str) -> Target:
    """Take an address apart. Raises Refused for one that is not plainly a public web page's."""
    if len(address) > LONGEST or _UNSEEN.search(address):
        raise Refused
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError) as error:
        raise Refused from error
    host = f"[{host}]" if ":" in host else host
    if parts.scheme not in PORTS or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise Refused
    if port not in {None, PORTS[parts.scheme]}:
        raise Refused
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, PORTS[parts.scheme], _ascii(path))


def is_public(ip: str) -> bool:
    """Whether a numeric address is out in the Internet: nobody's own network, machine or cloud."""
    try:
        found = ip_address(ip)
    except ValueError:
        return False
    if any(found in network for network in _CLOSED if network.version == found.version):
        return False
    if isinstance(found, IPv6Address):
        return found in _OPEN_IPV6 and found.is_global and not found.scope_id
    return isinstance(found, IPv4Address) and found.is_global and not found.is_multicast


def _ascii(path: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in path)
