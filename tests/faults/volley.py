"""The same thing asked twenty times at the same instant: of the web server, or of the domain."""

import json
import re
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPResponse
from threading import Barrier, Thread
from typing import NamedTuple
from urllib.parse import urlencode

from psycopg.sql import SQL, Identifier

from tests.faults.driver import Site, django_on
from tests.faults.world import Person

TIMES = 20
SETTLE_SECONDS = 0.03  # all but the last byte has come by then
PATIENCE_SECONDS = 60.0
CSRF = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+')  # masked in each page


class Reply(NamedTuple):
    """An answer of the web server."""

    status: int
    location: str
    body: bytes


def request(method: str, address: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """An HTTP request as it goes over the wire."""
    head = {"Host": "127.0.0.1", "Connection": "close", "Content-Length": str(len(body))}
    lines = [f"{method} {address} HTTP/1.1", *(f"{k}: {v}" for k, v in (head | headers).items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def document(
    method: str, address: str, person: Person | None, content: object, **headers: str
) -> bytes:
    """JSON that a page's script, a program or a device sends."""
    kind = {"Content-Type": "application/json", "Accept": "application/json"}
    who = person.headers if person else {}
    return request(method, address, who | kind | headers, json.dumps(content).encode())


def form(address: str, person: Person, **fields: str) -> bytes:
    """A form that a member sends."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return request("POST", address, person.headers | kind, urlencode(fields).encode())


def fire(site: Site, sent: bytes, *, times: int = TIMES) -> list[Reply]:
    """Send a request many times; the last bytes leave together."""
    address = (site.options.host, site.options.port)
    lines = [socket.create_connection(address, PATIENCE_SECONDS) for _ in range(times)]
    try:
        for line in lines:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.sendall(sent[:-1])
        time.sleep(SETTLE_SECONDS)
        for line in lines:
            line.sendall(sent[-1:])
        return [_read(line) for line in lines]
    finally:
        for line in lines:
            line.close()


def _read(line: socket.socket) -> Reply:
    response = HTTPResponse(line)
    try:
        response.begin()
        body = CSRF.sub(b"", response.read())
        return Reply(response.status, response.headers.get("Location", ""), body)
    finally:
        response.close()


def call(site: Site, act: Callable[[], object], *, times: int = TIMES) -> list[object]:
    """Call the domain in threads that start together; what each call gave, or its exception."""
    barrier, given = Barrier(times), [None] * times

    def run(place: int) -> None:
        with django_on(site.url):
            barrier.wait()
            try:
                given[place] = act()
            except Exception as error:  # noqa: BLE001 - it is the finding
                given[place] = repr(error)

    threads = [Thread(target=run, args=[place]) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def damage(
    site: Site, replies: Sequence[object], table: str, rows: Mapping[str, object]
) -> list[str]:
    """What is not as if it had been asked once; `rows` of the table (by column) are the effect."""
    where = SQL(" AND ").join(SQL("{} = {}").format(Identifier(k), v) for k, v in rows.items())
    query = SQL("SELECT count(*) FROM {} WHERE {}").format(Identifier(table), where)
    with site.connect() as database:
        ((number,),) = database.execute(query).fetchall()
    found = [] if number == 1 else [f"{number} effects"]
    different = dict.fromkeys(replies)
    if len(different) > 1:
        found.append(f"{len(different)} different replies: {list(different)[:3]}")
    errors = [reply for reply in replies if isinstance(reply, Reply) and reply.status >= 400]
    return found + [f"an error: {error}" for error in errors]
