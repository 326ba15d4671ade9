"""Members who vote over HTTP: many at once, each waiting for an answer before the next word."""

import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread

from tests.faults.driver import Site
from tests.faults.history import History
from tests.faults.world import Ballots, Person

CLIENTS = 12
PAUSE_SECONDS = 0.1  # before a ballot without an answer is sent again
PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.05
JSON = {"Content-Type": "application/json", "Accept": "application/json"}


class Voters:
    """Clients that send the ballots of their members, in the background of a round."""

    def __init__(
        self, site: Site, ballots: Ballots, history: History, *, insisting: float = 0.5
    ) -> None:
        """`insisting` is the share of members who send again until they are answered."""
        self._site, self._ballots, self._history = site, ballots, history
        self._insisting = insisting
        self._enough = Event()

    @contextmanager
    def vote(self, people: Sequence[Person], chance: random.Random) -> Iterator[None]:
        """Let them vote while the block runs and until all have; a third changes its mind.

        What ends by itself after the block is started again.
        """
        shares = [people[place::CLIENTS] for place in range(CLIENTS)]
        seeds = [chance.random() for _ in shares]
        threads = [Thread(target=self._run, args=pair) for pair in zip(shares, seeds, strict=True)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            while any(thread.is_alive() for thread in threads):
                time.sleep(LOOK_SECONDS)
                self._site.revive()

    def _run(self, people: Sequence[Person], seed: float) -> None:
        chance, client = random.Random(seed), _Client(self._site)
        for person in people:
            for _ in range(1 + (chance.random() < 1 / 3)):
                if self._enough.is_set():
                    break
                self._vote(client, person, insists=chance.random() < self._insisting)
        client.hang_up()

    def _vote(self, client: "_Client", person: Person, *, insists: bool) -> None:
        ballot = self._ballots.draw(f"{person.member_id}.{time.monotonic_ns()}")
        number = self._history.invoke(member=person.member_id, ballot=ballot)
        address = f"/api/v1/builds/{self._ballots.version}/ballot"
        body, headers = json.dumps(ballot).encode(), person.headers | JSON
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            event, answer = client.send(address, body, headers)
            self._history.note(number, event, **answer)
            if event == "fail" and answer["code"] == "closed":
                self._enough.set()
            if event != "unknown" or not insists or time.monotonic() > deadline:
                break
            time.sleep(PAUSE_SECONDS)
        if event == "unknown":
            time.sleep(PAUSE_SECONDS)


class _Client:
    """One connection, made anew when it broke."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._connection: HTTPConnection | None = None

    def send(
        self, address: str, body: bytes, headers: dict[str, str]
    ) -> tuple[str, dict[str, object]]:
        """What became of it: ok with the receipt, fail with the reason, or unknown."""
        self._connection = self._connection or self._site.http()
        try:
            self._connection.request("PUT", address, body, headers)
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, HTTPException) as error:
            self.hang_up()
            return "unknown", {"why": type(error).__name__}
        if response.status >= 500:
            return "unknown", {"why": str(response.status)}
        told = json.loads(content)
        if response.status == 200:
            return "ok", {"receipt": told["receipt"], "revision": told["revision"]}
        return "fail", {"code": told["code"]}

    def hang_up(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
