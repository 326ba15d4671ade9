"""The vote of a recorded week over HTTP: sent, doubled, changed, refused; and what was answered."""

import json
import os
import random
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from benchmarks.cpu import database_server, tree_seconds
from benchmarks.load import Answers as Replies
from benchmarks.load import fire
from benchmarks.real_week_voters import Answers, Electorate
from benchmarks.stack import Server
from benchmarks.voters import Voter, put_request
from community.builds.domain.installs import message

INSTALLED = 0.7
DOUBLED = 0.03
REPEATED = 0.01
LATE = 0.02
WRONG = 0.005


class Sent(NamedTuple):
    """One ballot on its way."""

    electorate: Electorate
    voter: Voter
    ballot: Answers


class Standing(NamedTuple):
    """The ballot that a member was told to be saved, with its receipt."""

    ballot: Answers
    receipt: str


@dataclass
class Wave:
    """What came back of many requests, and the CPU that server and database took for each."""

    replies: Replies
    cpu: float
    answers: Counter[str]

    def __str__(self) -> str:
        told = ", ".join(f"{count} {what}" for what, count in self.answers.most_common())
        return (
            f"{self.answers.total()} sent: {told}; {self.replies.rate:.0f}/s, "
            f"p50 {self.replies.latency(0.5) * 1000:.0f} ms, "
            f"p99 {self.replies.latency(0.99) * 1000:.0f} ms, "
            f"{self.cpu * 1000:.2f} ms CPU a request"
        )


class Vote:
    """Sends ballots and keeps the voters' own record, against which the site is checked."""

    def __init__(self, server: Server, electorates: list[Electorate], seed: int) -> None:
        self.server = server
        self.electorates = electorates
        self.chance = random.Random(seed)
        # By build and member, as acknowledged last; and the receipts of ballots that were changed.
        self.standing: dict[tuple[int, int], Standing] = {}
        self.replaced: dict[int, list[str]] = {}
        # A ballot that was sent twice and got two receipts would have been counted as two.
        self.two_receipts = 0

    def report_installs(self) -> Wave:
        """Most devices tell, signed, that they run the build."""
        requests = [
            _install_request(self.server.host, electorate, at)
            for electorate in self.electorates
            for at in range(len(electorate.voters))
            if self.chance.random() < INSTALLED
        ]
        self.chance.shuffle(requests)
        wave = self._fire(requests)
        wave.answers.update(map(_reason, wave.replies.statuses, wave.replies.bodies))
        return wave

    def rush(self) -> Wave:
        """Everybody votes; some click twice, and both requests are under way at once."""
        ballots = [
            Sent(electorate, voter, ballot)
            for electorate in self.electorates
            for voter, ballot in zip(electorate.voters, electorate.ballots, strict=True)
        ]
        self.chance.shuffle(ballots)
        return self._send(
            sent
            for ballot in ballots
            for sent in (ballot,) * (1 + (self.chance.random() < DOUBLED))
        )

    def second_thoughts(self) -> Wave:
        """Some say something else, some only send the same again."""
        changed = [
            Sent(electorate, electorate.voters[at], ballot)
            for electorate in self.electorates
            for at, ballot in electorate.changed.items()
        ]
        return self._send([*changed, *self._again(REPEATED)])

    def wrong(self) -> Wave:
        """Members who may not vote, and ballots that name a feature of another build."""
        barred = [
            Sent(electorate, voter, electorate.ballots[0])
            for electorate in self.electorates
            for voter in electorate.unverified
        ]
        foreign = [
            Sent(electorate, voter, _with_features(self.electorates[number - 1]))
            for number, electorate in enumerate(self.electorates)
            for voter in self._some(electorate, WRONG)
        ]
        return self._send([*barred, *foreign])

    def late(self) -> Wave:
        """After the close: new ballots, changed ones, and ones that had been saved before."""
        strangers = [
            Sent(electorate, voter, electorate.ballots[0])
            for number, electorate in enumerate(self.electorates)
            for voter in self._some(self.electorates[number - 1], LATE)
        ]
        changed = [
            Sent(electorate, voter, {**electorate.ballots[0], "mood": "sad", "comments": {}})
            for electorate in self.electorates
            for voter in self._some(electorate, LATE)
        ]
        return self._send([*strangers, *changed, *self._again(LATE)])

    def _again(self, share: float) -> list[Sent]:
        """Ballots exactly as they were acknowledged."""
        return [
            Sent(electorate, voter, self.standing[electorate.week.build.pk, voter.member_id].ballot)
            for electorate in self.electorates
            for voter in self._some(electorate, share)
        ]

    def _some(self, electorate: Electorate, share: float) -> list[Voter]:
        return self.chance.sample(electorate.voters, round(len(electorate.voters) * share))

    def _send(self, ballots: Iterable[Sent]) -> Wave:
        sent = list(ballots)
        host = self.server.host
        wave = self._fire(
            [put_request(host, s.electorate.week.build.slug, s.voter, s.ballot) for s in sent]
        )
        for one, status, body in zip(sent, wave.replies.statuses, wave.replies.bodies, strict=True):
            is_saved = status == 200
            what = (
                self._note(one, json.loads(body)["receipt"]) if is_saved else _reason(status, body)
            )
            wave.answers[what] += 1
        return wave

    def _fire(self, requests: list[bytes]) -> Wave:
        before = self._cpu()
        replies = fire(self.server.address, requests)
        return Wave(replies, (self._cpu() - before) / len(requests), Counter())

    def _cpu(self) -> float:
        database = database_server(os.environ["DATABASE_URL"])
        return tree_seconds(self.server.process.pid) + (tree_seconds(database) if database else 0)

    def _note(self, sent: Sent, receipt: str) -> str:
        """Keep what was acknowledged; gives what it was."""
        build = sent.electorate.week.build.pk
        before = self.standing.get((build, sent.voter.member_id))
        self.standing[build, sent.voter.member_id] = Standing(sent.ballot, receipt)
        if before is None:
            return "saved"
        if before.receipt == receipt:
            return "there already"
        self.replaced.setdefault(build, []).append(before.receipt)
        self.two_receipts += before.ballot == sent.ballot
        return "changed"


def _with_features(electorate: Electorate) -> Answers:
    return next(ballot for ballot in electorate.ballots if ballot["loved"])


def _install_request(host: str, electorate: Electorate, at: int) -> bytes:
    key, slug, moment = electorate.keys[at], electorate.week.build.slug, timezone.now().isoformat()
    public = key.public_key().public_bytes_raw()
    signature = key.sign(message(version=slug, public_key=public, installed_at=moment))
    told = {
        "device": b64encode(public).decode(),
        "installed_at": moment,
        "signature": b64encode(signature).decode(),
    }
    body = json.dumps(told)
    return (
        f"POST /api/v1/builds/{slug}/installs HTTP/1.1\r\nHost: {host}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def _reason(status: int, body: bytes) -> str:
    """Noted, or the word for the refusal."""
    return "noted" if status < 300 else f"refused ({status} {json.loads(body)['code']})"
