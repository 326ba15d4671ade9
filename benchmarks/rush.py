"""A crowd that votes: its members, builds and ballots, and what each request costs."""

import random
from dataclasses import dataclass

import psycopg

from benchmarks import voters
from benchmarks.cpu import database_server, tree_seconds
from benchmarks.load import Answers, fire
from benchmarks.stack import Server
from community.builds.models import Build, Product

SEED = 20_101_105  # a Friday


@dataclass(frozen=True)
class Measured:
    """Answers, and the milliseconds of CPU that web server and database took for a request."""

    answers: Answers
    web: float
    database: float

    @property
    def cpu(self) -> float:
        return self.web + self.database


class Crowd:
    """Members who are signed in, and the builds they vote on."""

    def __init__(self, url: str, size: int) -> None:
        self.url = url
        self.chance = random.Random(SEED)
        self.product = Product.objects.create(slug="phone", name="Phone")
        self.voters = voters.make_voters(size)
        self.wishes = voters.make_wishes(self.product)
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("VACUUM ANALYZE")

    def build(self) -> Build:
        """One more build whose ballots are open."""
        return voters.open_build(self.product, self.product.builds.count() + 1)

    def ballots(self, build: Build) -> list[dict[str, object]]:
        """A ballot for each member."""
        features = list(build.features.values_list("pk", flat=True))
        return [voters.random_ballot(self.chance, features, self.wishes) for _ in self.voters]

    def votes(self, host: str, build: Build, ballots: list[dict[str, object]]) -> list[bytes]:
        """The requests that send them."""
        pairs = zip(self.voters, ballots, strict=True)
        return [voters.put_request(host, build.slug, voter, ballot) for voter, ballot in pairs]

    def upserts(self, host: str, build: Build, view: str = "ballots") -> list[bytes]:
        """The requests that make a view of ``bare`` write a ballot for each member."""
        return [
            f"PUT /{view}/{build.pk}/{voter.member_id} HTTP/1.1\r\nHost: {host}\r\n"
            "Content-Length: 0\r\n\r\n".encode()
            for voter in self.voters
        ]

    def fire(self, server: Server, requests: list[bytes]) -> Measured:
        database = database_server(self.url)
        web_before = tree_seconds(server.process.pid)
        database_before = tree_seconds(database) if database else 0.0
        answers = fire(server.address, requests)
        milliseconds = 1000 / len(requests)
        return Measured(
            answers,
            web=(tree_seconds(server.process.pid) - web_before) * milliseconds,
            database=(tree_seconds(database) - database_before) * milliseconds if database else 0.0,
        )


def get(path: str, host: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
