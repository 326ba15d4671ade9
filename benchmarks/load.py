"""Sends prepared requests over keep-alive connections as fast as they are answered: one thread."""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

CONNECTIONS = 64


@dataclass
class Answers:
    """What came back: by request its status, body and time; and how long all of it took."""

    statuses: list[int]
    bodies: list[bytes]
    latencies: list[float]
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.statuses) / self.seconds

    def latency(self, quantile: float) -> float:
        """Seconds within which this share of the requests was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(quantile * len(ordered)))]


@dataclass(slots=True)
class _Line:
    """One connection and the request under way on it."""

    socket: socket.socket
    request: int = -1
    sent_at: float = 0.0
    received: bytes = b""
    expects: int = field(default=0)


def fire(
    address: tuple[str, int], requests: Sequence[bytes], connections: int = CONNECTIONS
) -> Answers:
    """Send every request once; a connection sends its next one when it has its answer."""
    count = len(requests)
    answers = Answers([0] * count, [b""] * count, [0.0] * count)
    waiting = iter(range(count))
    selector = selectors.DefaultSelector()
    started = time.perf_counter()
    for index in islice(waiting, connections):
        line = _Line(socket.create_connection(address))
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(line.socket, selectors.EVENT_READ, line)
        _send(line, index, requests)
    while selector.get_map():
        for key, _ in selector.select():
            line = key.data
            if not _receive(line, answers):
                continue
            index = next(waiting, -1)
            if index >= 0:
                _send(line, index, requests)
            else:
                selector.unregister(line.socket)
                line.socket.close()
    answers.seconds = time.perf_counter() - started
    return answers


def _send(line: _Line, index: int, requests: Sequence[bytes]) -> None:
    line.request, line.received, line.expects = index, b"", 0
    line.sent_at = time.perf_counter()
    line.socket.sendall(requests[index])


def _receive(line: _Line, answers: Answers) -> bool:
    """Take what has come; whether the answer is whole."""
    chunk = line.socket.recv(65536)
    if not chunk:
        raise ConnectionError("The server hung up before it had answered.")
    received = line.received = line.received + chunk
    if not line.expects:
        end = received.find(b"\r\n\r\n")
        if end < 0:
            return False
        line.expects = end + 4 + _content_length(received[:end])
    if len(received) < line.expects:
        return False
    index = line.request
    answers.latencies[index] = time.perf_counter() - line.sent_at
    answers.statuses[index] = int(received[9:12])
    answers.bodies[index] = received[received.find(b"\r\n\r\n") + 4 :]
    return True


def _content_length(head: bytes) -> int:
    place = head.lower().find(b"content-length:")
    if place < 0:
        raise ConnectionError(f"An answer without its length: {head.decode()}")
    return int(head[place + 15 :].split(b"\r\n", 1)[0])
