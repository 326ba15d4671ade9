"""Pages of other sites are asked by this site alone, and nothing near is ever called."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from community.media.domain.links import cards, fetching
from community.media.domain.links.addresses import Refused, is_public, target
from community.media.domain.links.fetching import Net, Page, fetch
from community.media.domain.links.reading import read
from community.media.models import LinkCard
from tests.community.members.making import AT

PUBLIC = "93.184.216.34"
HTML = b"<title>Hello &amp; you</title><meta property='og:description' content='A page'>"


@dataclass
class Canary:
    """A server on loopback that every connection ends at, wherever it was meant to go."""

    answers: list[bytes]
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def net(self) -> Net:
        return Net(self._resolve, self._connect)

    def _resolve(self, host: str, port: int) -> list[str]:
        """Names of the test answer in turn, others as this machine says."""
        if host in self.names:
            answers = self.names[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        flags = socket.AI_NUMERICHOST if host not in {"localhost", "localhost."} else 0
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=flags)
        return [str(sockaddr[0]) for *_, sockaddr in found]

    def _connect(self, ip: str, port: int) -> socket.socket:
        self.called.append(ip)
        return socket.create_connection(self.listener.getsockname())

    def _serve(self) -> None:
        while True:
            try:
                connection, _peer = self.listener.accept()
            except OSError:
                return
            with connection:
                self.heard.append(connection.recv(65_536))
                connection.sendall(self.answers.pop(0) if self.answers else b"")


def answer(body: bytes, kind: bytes = b"text/html", *more: bytes) -> bytes:
    head = [b"HTTP/1.1 200 OK", b"Content-Type: " + kind, *more]
    return b"\r\n".join([*head, b"Content-Length: %d" % len(body), b"", body])


def moved(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.fixture
def canaries() -> Iterator[Any]:
    made: list[Canary] = []

    def make(*answers: bytes, **names: list[list[str]]) -> Canary:
        known = {name.replace("_", "."): ips for name, ips in names.items()}
        made.append(Canary(list(answers), known))
        return made[-1]

    yield make
    for canary in made:
        canary.listener.close()


DATA = Path(__file__).parents[2] / "data"
NEAR = (DATA / "near_hosts.txt").read_text().split()
WITH_SPACES = [
    "http://h /",
    "http://h\t/",
    "http://h\r\nX: y/",
    "http://h\0/",
    " http://h/",
    "http://h/a b",
]
HOSTILE = [
    *(f"http://{host}/" for host in NEAR),
    *(f"https://{host}/a?b" for host in NEAR),
    *(
        f"http://{name}/"
        for name in ("localhost", "localhost.", "LOCALHOST", "ｌocalhost", "①②⑦.0.0.1")
    ),
    *(f"http://{name}/" for name in ("127。0。0。1", "127．0．0．1", "inner", "two", "rebind")),
    *(DATA / "misleading_addresses.txt").read_text().split(),
    *("http://h\u200b/", "http://h\u202e/"),
    *WITH_SPACES,
]
NAMES = {"inner": [["10.1.2.3"]], "two": [[PUBLIC, "127.0.0.1"]], "h": [["127.0.0.1"]]}


def calls(canary: Canary, addresses: list[str]) -> int:
    for address in addresses:
        try:
            fetch(address, agent="test", net=canary.net)
        except Refused:
            continue
    return len(canary.called)


def test_nothing_near_is_called(canaries: Any) -> None:
    assert len(HOSTILE) >= 200
    canary = canaries(**NAMES, rebind=[["::1"]])
    assert calls(canary, HOSTILE) == 0
    assert canary.called == []


def test_the_control_is_called(canaries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "is_public", lambda _ip: True)
    http = [address for address in HOSTILE if address.startswith("http://")]
    assert calls(canaries(**NAMES, rebind=[["::1"]]), http) > 60


@pytest.mark.parametrize("ip", [PUBLIC, "1.1.1.1", "2606:4700::1111", "2a00:1450::1"])
def test_the_internet_is_public(ip: str) -> None:
    assert is_public(ip)


def test_a_name_that_changes_its_mind_is_called_at_the_number_that_was_judged(
    canaries: Any,
) -> None:
    canary = canaries(answer(HTML), rebind_example=[[PUBLIC], ["127.0.0.1"]])
    assert fetch("http://rebind.example/", agent="test", net=canary.net).data == HTML
    assert canary.called == [PUBLIC]


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/",
        "//[::1]/",
        "http://inner/",
        "file:///etc/passwd",
        "http://a.example:22/",
    ],
)
def test_each_redirect_is_judged(canaries: Any, to: str) -> None:
    canary = canaries(moved(to), answer(HTML), a_example=[[PUBLIC]], inner=[["10.1.2.3"]])
    with pytest.raises(Refused):
        fetch("http://a.example/", agent="test", net=canary.net)
    assert canary.called == [PUBLIC]


def test_three_redirects_and_no_more(canaries: Any) -> None:
    many = [moved(f"/{n}") for n in range(3)]
    canary = canaries(*many, answer(HTML), a_example=[[PUBLIC]])
    assert fetch("http://a.example/", agent="t", net=canary.net).address == "http://a.example/2"
    with pytest.raises(Refused):
        fetch("http://a.example/", agent="t", net=canaries(*many, *many, a_example=[[PUBLIC]]).net)


def test_nothing_of_the_reader_goes_out(canaries: Any) -> None:
    canary = canaries(answer(HTML), a_example=[[PUBLIC]])
    fetch("http://a.example/p?q=1#part", agent="Site/1", net=canary.net)
    lines = canary.heard[0].decode().split("\r\n")
    assert lines[0] == "GET /p?q=1 HTTP/1.1"
    names = {line.partition(":")[0] for line in lines[1:] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


@pytest.mark.parametrize(
    "sent",
    [answer(HTML, b"image/png"), b"HTTP/1.1 404 No\r\n\r\n", b"\0\0", b"", answer(b"<p>no title")],
    ids=["picture", "404", "noise", "nothing", "no title"],
)
def test_what_is_no_page_is_refused(canaries: Any, sent: bytes) -> None:
    with pytest.raises(Refused):
        read(fetch("http://a.example/", agent="t", net=canaries(sent, a_example=[[PUBLIC]]).net))


def test_no_more_than_a_megabyte_is_read(canaries: Any) -> None:
    canary = canaries(answer(HTML + bytes(2_000_000)), a_example=[[PUBLIC]])
    assert len(fetch("http://a.example/", agent="t", net=canary.net).data) == fetching.MOST_BYTES


def test_what_drips_is_cut(canaries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TIME_S", 0.05)
    silent = socket.create_server(("127.0.0.1", 0))
    net = Net(
        lambda _h, _p: [PUBLIC], lambda _i, _p: socket.create_connection(silent.getsockname())
    )
    with silent, pytest.raises(Refused):
        fetch("http://a.example/", agent="t", net=net)


def test_a_page_is_read_in_its_own_charset_as_plain_text() -> None:
    page = "<meta charset=gbk><title>相机\u202e &lt;b>\n更新</title>"
    said = read(Page("http://a.example/", page.encode("gb18030"), "gb18030"))
    assert said.title == "相机 <b> 更新"
    assert target("http://例子.example/相机").path == "/%E7%9B%B8%E6%9C%BA"


LONE = '<p>See</p><p><a href="http://a.example/?a=1&amp;b" rel="nofollow">x</a></p>'


@pytest.mark.django_db
def test_a_card_is_asked_for_once_and_shown_when_it_is_there(settings: Any, canaries: Any) -> None:
    cards.ask(LONE, at=AT)
    assert not LinkCard.objects.exists()  # off unless it is turned on
    settings.LINK_PREVIEWS = True
    for _time in range(2):
        cards.ask(LONE, at=AT)
    cards.ask("<p>Only <a href='http://b.example/'>within</a> words</p>", at=AT)
    assert cards.cards_of([LONE]) == {}
    canary = canaries(answer(HTML), a_example=[[PUBLIC]])
    assert [cards.fetch_waiting(at=AT, agent="t", net=canary.net) for _ in range(2)] == [1, 0]
    card = cards.cards_of([LONE, "<p>none</p>"])["http://a.example/?a=1&b"]
    assert (card.title, card.text, card.host) == ("Hello & you", "A page", "a.example")


@pytest.mark.django_db
def test_what_failed_is_not_asked_again(settings: Any, canaries: Any) -> None:
    settings.LINK_PREVIEWS = True
    cards.ask(LONE, at=AT)
    canary = canaries(b"HTTP/1.1 500 No\r\n\r\n", a_example=[[PUBLIC]])
    for _time in range(2):
        assert cards.fetch_waiting(at=AT, agent="t", net=canary.net) == 0
    assert len(canary.called) == 1
