"""Public pages are kept whole; nothing private ever is."""

import threading
from collections.abc import Callable, Iterable

import pytest

from orangefriday import edge

PUBLIC = ("Cache-Control", "public, max-age=0, s-maxage=2")


class Site:
    """A WSGI application that counts how often it had to answer."""

    def __init__(self, *headers: tuple[str, str]) -> None:
        self.headers = list(headers)
        self.answers = 0

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        self.answers += 1
        start_response("200 OK", self.headers)
        return [b"answer %d" % self.answers]


def ask(front: edge.Edge, **environ: str) -> bytes:
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", **environ}
    return b"".join(front(asked, lambda *_told: None))


def test_a_public_page_is_rendered_once() -> None:
    site = Site(PUBLIC)
    front = edge.Edge(site)
    assert {ask(front) for _ in range(5)} == {b"answer 1"}


def test_a_page_is_rendered_anew_when_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    front = edge.Edge(Site(PUBLIC))
    ask(front)
    monkeypatch.setattr(edge, "FRESH_S", 0.0)
    assert ask(front) == b"answer 2"


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=a"},
        {"HTTP_AUTHORIZATION": "Bearer of_a"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_HX_REQUEST": "true"},
        {"QUERY_STRING": "q" * 201},
    ],
)
def test_what_is_one_readers_own_is_always_rendered(environ: dict[str, str]) -> None:
    front = edge.Edge(Site(PUBLIC))
    ask(front)
    assert ask(front, **environ) == b"answer 2"


@pytest.mark.parametrize(
    "headers",
    [
        [("Cache-Control", "private, no-cache")],
        [PUBLIC, ("Set-Cookie", "csrftoken=a")],
        [],
    ],
)
def test_what_is_not_marked_public_is_never_kept(headers: list[tuple[str, str]]) -> None:
    front = edge.Edge(Site(*headers))
    ask(front)
    assert ask(front) == b"answer 2"


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_ACCEPT_LANGUAGE": "zh-hans"},
        {"HTTP_COOKIE": "django_language=zh-hans"},
        {"HTTP_COOKIE": "scheme=dark"},
        {"HTTP_HOST": "other.example.org"},
        {"QUERY_STRING": "page=2"},
    ],
)
def test_readers_with_other_preferences_get_their_own_page(environ: dict[str, str]) -> None:
    front = edge.Edge(Site(PUBLIC))
    ask(front)
    assert ask(front, **environ) == b"answer 2"


def test_one_renders_while_the_others_read_the_old_page(monkeypatch: pytest.MonkeyPatch) -> None:
    is_rendering, may_end = threading.Event(), threading.Event()
    site = Site(PUBLIC)

    def slow(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if site.answers:
            is_rendering.set()
            may_end.wait(5)
        return site(environ, start_response)

    front = edge.Edge(slow)
    ask(front)
    monkeypatch.setattr(edge, "FRESH_S", 0.0)
    renewal = threading.Thread(target=ask, args=(front,))
    renewal.start()
    is_rendering.wait(5)
    assert ask(front) == b"answer 1"
    may_end.set()
    renewal.join()


def test_the_oldest_page_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "MOST_PAGES", 2)
    front = edge.Edge(Site(PUBLIC))
    for path in ("/a", "/b", "/c"):
        ask(front, PATH_INFO=path)
    assert [ask(front, PATH_INFO=path) for path in ("/b", "/c", "/a")] == [
        b"answer 2",
        b"answer 3",
        b"answer 4",
    ]
