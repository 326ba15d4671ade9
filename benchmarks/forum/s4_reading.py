"""S4, reading: topic pages, a board and the search at 10 000 and at 1 000 000 posts.

About eight minutes on two cores, three of them for making the posts; BENCH_POSTS=10000 takes two.
Every hit has an address of its own, so that the edge's copy of whole pages answers none of them.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks import stack
from benchmarks.hits import get, measure

if TYPE_CHECKING:  # its models need Django's settings first
    from benchmarks.forum.community import Community
    from community.members.prepared import Value

POSTS = [int(n) for n in os.environ.get("BENCH_POSTS", "10000,1000000").split(",")]
SHARE_OF_LONG = 10  # a tenth of all posts stands in one topic
HITS, WARM_UP, ALONE = 400, 200, 60
MOST_QUERIES, MOST_P95_MS, MOST_SEARCH_MS, MOST_GROWTH = 12, 100, 150, 1.5
MOST_B0, MOST_B0_SIGNED_IN = 25, 35
QUESTIONS = (
    *(
        "的",
        "相机",
        "闪退",
        "机",
        "wifi",
        "3.5.7",
        "camera battery",
        "在人 有",
        "不存在词语",
        "没有",
    ),
    *("board:help 的", "board:help 相机", "author:reader77 的", "in:title 问题", '"相机 闪退"'),
    *("桌面 电池 微信", "-的 相机", "kind:talk 相机 -board:chat", "since:2020-01-01 battery"),
)


@dataclass(frozen=True)
class Page:
    """A page to measure: its addresses, and the most CPU a hit may take as multiples of B0."""

    name: str
    address: Callable[[int], str]
    most_b0: float | None = None
    is_signed_in: bool = False
    most_p95_ms: float = MOST_P95_MS


@dataclass(frozen=True)
class Result:
    """What a page costs at one size."""

    cpu_ms: float
    times_b0: float
    p95_ms: float
    queries: int


def run() -> bool:
    """Print S4's lines; whether its figures are reached."""
    holds = True
    with stack.own_database("bench_s4") as url:
        from benchmarks.forum.community import make_members, write

        reader, written = make_members(), 0
        first: dict[str, Result] = {}
        for size in POSTS:
            community = write(reader, posts=size - written, long=(size - written) // SHARE_OF_LONG)
            written = size
            for page, result in _measure_all(url, _pages(community), community.session):
                first.setdefault(page.name, result)
                holds &= _tell(size, page, result, first[page.name])
    return holds


def _pages(community: "Community") -> list[Page]:
    topics, long = community.topics, community.long_topic
    last = (long.post_count - 1) // 20 + 1

    def topic(hit: int) -> str:
        return f"/forum/topics/{topics[hit * 7919 % len(topics)]}/?hit={hit}"

    def page(number: int) -> Callable[[int], str]:
        return lambda hit: f"{long.get_absolute_url()}?page={max(number - hit % 3, 1)}&hit={hit}"

    somewhere = random.Random(4)
    pages = [somewhere.randint(1, last) for _ in range(WARM_UP + HITS + ALONE + 2)]
    return [
        Page("topic, uncached", topic, MOST_B0),
        Page("topic, signed in, alone", topic, MOST_B0_SIGNED_IN, is_signed_in=True),
        Page(
            "topic, signed in, with others",
            lambda _hit: topic(1),
            MOST_B0_SIGNED_IN,
            is_signed_in=True,
        ),
        Page("long topic, first page", page(1)),
        Page("long topic, middle page", page(last // 2)),
        Page("long topic, last page", page(last)),
        Page("long topic, any page", lambda hit: page(pages[hit])(0) + str(hit)),
        Page("board", lambda hit: f"/forum/help/?hit={hit}"),
        Page("board, signed in", lambda hit: f"/forum/help/?hit={hit}", is_signed_in=True),
        Page("unread", lambda hit: f"/forum/unread/?hit={hit}", is_signed_in=True),
        Page("mine", lambda hit: f"/forum/mine/?hit={hit}", is_signed_in=True),
        Page("needs an answer", lambda hit: f"/forum/needs-an-answer/?hit={hit}"),
        Page("search, best first", _asked, most_p95_ms=MOST_SEARCH_MS),
        Page(
            "search, newest first",
            lambda hit: _asked(hit, "sort:newest"),
            most_p95_ms=MOST_SEARCH_MS,
        ),
    ]


def _asked(hit: int, order: str = "") -> str:
    """What somebody searches: common and rare words, phrases, within a board, of a member."""
    question = QUESTIONS[hit % len(QUESTIONS)]
    return f"/forum/search/?{urlencode({'q': f'{question} {order}'.strip(), 'hit': hit})}"


def _measure_all(url: str, pages: list[Page], session: str) -> Iterator[tuple[Page, Result]]:
    with stack.web_server("benchmarks.bare:application") as bare, stack.web_server() as site:

        def base() -> float:
            return measure(bare, url, [get(bare, "/constant")] * 3_000, warm_up=200).cpu_ms

        for page in pages:
            yield page, _measure(site, url, page, session, base)


def _measure(
    site: stack.Server, url: str, page: Page, session: str, base: Callable[[], float]
) -> Result:
    """CPU under load from many connections; p95 of requests that come one by one.

    B0 is measured before and after: what else the machine does slows both alike.
    """
    cookie = f"sessionid={session}; csrftoken={'x' * 32}" if page.is_signed_in else ""
    requests = [get(site, page.address(hit), cookie) for hit in range(WARM_UP + HITS + ALONE)]
    before = base()
    loaded = measure(site, url, requests[: WARM_UP + HITS], warm_up=WARM_UP)
    b0 = (before + base()) / 2
    alone = measure(site, url, requests[WARM_UP + HITS :], connections=1)
    return Result(loaded.cpu_ms, loaded.cpu_ms / b0, alone.p95_ms, _queries(page, session))


def _queries(page: Page, session: str) -> int:
    """How many statements a hit sends, those of our own included."""
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    if page.is_signed_in:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    most = 0
    for hit in range(1 + len(QUESTIONS)):  # the first one finds nothing remembered
        with _counted() as count:
            client.get(page.address(HITS + hit if page.is_signed_in else hit))
        most = max(most, count() if hit else 0)
    return most


@contextmanager
def _counted() -> Iterator[Callable[[], int]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from community.members.prepared import Listing

    own: list[int] = []
    asked = Listing.asked

    def counted(self: Listing, values: tuple["Value", ...], *form: Any) -> object:
        own.append(1)
        return asked(self, values, *form)

    Listing.asked = counted
    try:
        with CaptureQueriesContext(connection) as captured:
            # Some of our own are in Django's log too.
            yield lambda: len(own) + sum("$1" not in query["sql"] for query in captured)
    finally:
        Listing.asked = asked


def _tell(size: int, page: Page, result: Result, first: Result) -> bool:
    growth = result.times_b0 / first.times_b0
    holds = (
        result.queries <= MOST_QUERIES
        and result.p95_ms <= page.most_p95_ms
        and result.times_b0 <= (page.most_b0 or result.times_b0)
        and growth <= MOST_GROWTH
    )
    most = f" (at most {page.most_b0:.0f})" if page.most_b0 else ""
    print(
        f"S4 {size:>7} posts, {page.name}: p95 {result.p95_ms:.1f} ms, {result.queries} queries, "
        f"{result.cpu_ms:.2f} ms CPU = {result.times_b0:.1f} × B0{most}, "
        f"{growth:.2f} × the first size: {'ok' if holds else 'MISSED'}",
        flush=True,
    )
    return holds
