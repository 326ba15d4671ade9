"""`python -m benchmarks.forum.live`: 5 000 readers of one topic, polled or by server-sent events.

Both under the site's own server. Polling: every reader asks once in ten seconds. Events: every
reader holds a connection, to which a line is written once in ten seconds; a WSGI server gives each
of them a thread, first as many as the site has, then one for every reader.
"""

import os
import selectors
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import cpu, stack
from benchmarks.hits import get, measure

READERS = int(os.environ.get("BENCH_READERS", "5000"))
EVERY_S = 10.0
MOST_THREADS = 250
EVENTS = "benchmarks.forum.live:events"


def events(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A stream of events, as bare as can be: no Django, no database."""
    if environ["PATH_INFO"] != "/events":
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]
    start_response("200 OK", [("Content-Type", "text/event-stream")])
    return _stream()


def _stream() -> Iterator[bytes]:
    while True:
        yield b'data: {"posts": 100000}\n\n'
        time.sleep(EVERY_S)


def main() -> int:
    """Print one line for each way."""
    with stack.own_database("bench_live") as url:
        from django.utils import timezone

        from community.forum.domain.posting import open_topic
        from community.forum.models import Board

        topic = open_topic(
            board=Board.objects.get(slug="chat"),
            title="5 000 readers",
            body="x",
            author=None,
            at=timezone.now(),
        )
        with stack.web_server() as site:
            request = get(site, f"{topic.get_absolute_url()}pulse/?page=1")
            asked = measure(site, url, [request] * (200 + READERS * 4), warm_up=200)
            memory = _memory(site.process.pid)
        share = READERS / EVERY_S * asked.cpu_ms / 1000
        print(
            f"polling: {READERS / EVERY_S:.0f} requests/s wanted, {asked.rate:.0f}/s held, "
            f"{asked.cpu_ms:.3f} ms CPU each = {share:.1%} of a core, p95 {asked.p95_ms:.1f} ms, "
            f"{memory} MB, {asked.transactions:.4f} transactions a request",
            flush=True,
        )
    for workers in (0, -(-READERS // MOST_THREADS)):
        if workers:
            os.environ |= {"WEB_THREADS": str(MOST_THREADS), "WEB_WORKERS": str(workers)}
        with stack.web_server(EVENTS) as site:
            print(f"events, {site.width}: {_listen(site)}", flush=True)
    return 0


def _listen(site: stack.Server) -> str:
    """Open every reader's stream, then measure thirty seconds of events."""
    selector = selectors.DefaultSelector()
    readers = [socket.socket() for _ in range(READERS)]
    for reader in readers:
        reader.setblocking(False)  # noqa: FBT003 the socket's call
        reader.connect_ex(site.address)
        selector.register(reader, selectors.EVENT_WRITE)
    request = f"GET /events HTTP/1.1\r\nHost: {site.host}\r\n\r\n".encode()
    until = time.monotonic() + EVERY_S
    while time.monotonic() < until:
        for key, _ in selector.select(timeout=1):
            if key.events == selectors.EVENT_WRITE:
                key.fileobj.sendall(request)
                selector.modify(key.fileobj, selectors.EVENT_READ)
    before = cpu.tree_seconds(site.process.pid)
    told = _received(selector, 3 * EVERY_S)
    spent = (cpu.tree_seconds(site.process.pid) - before) / (3 * EVERY_S)
    memory = _memory(site.process.pid)
    for reader in readers:
        reader.close()
    return f"{told} of {READERS} readers hear anything, {spent:.1%} of a core, {memory} MB"


def _received(selector: selectors.DefaultSelector, seconds: float) -> int:
    """How many connections received something within so many seconds."""
    heard: set[int] = set()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for key, _ in selector.select(timeout=1):
            if key.fileobj.recv(65536):
                heard.add(key.fd)
    return len(heard)


def _memory(root: int) -> int:
    """Resident megabytes of a server and its workers."""
    texts = (Path(f"/proc/{pid}/status").read_text() for pid in cpu.tree(root))
    lines = (line for text in texts for line in text.splitlines() if line.startswith("VmRSS"))
    return sum(int(line.split()[1]) for line in lines) // 1024


if __name__ == "__main__":
    sys.exit(main())
