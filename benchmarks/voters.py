"""Members with sessions, an open build and a ballot for each: what the ballot rush is made of."""

import json
import random
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from community.builds.models import Build, Credit, Engineer, Feature, Product
from community.members.models import Member
from feedback.proposals.models import Proposal

BATCH = 5_000
FEATURES = 24
WISHES = 12
MOODS = ("happy", "in_love", "hopeful", "sad")
COMMENTS = ("Nicely done, thank you.", "终于不用自己改文件名了！", "The old one was quicker.", "")


@dataclass(frozen=True)
class Voter:
    """A signed-in member."""

    member_id: int
    session: str
    csrf: str


def make_voters(count: int) -> list[Voter]:
    """Members with a verified address and a session each."""
    return [voter for first in range(0, count, BATCH) for voter in _make(first, count)]


def _make(first: int, count: int) -> list[Voter]:
    now = timezone.now()
    members = Member.objects.bulk_create(
        Member(
            username=f"voter{n}",
            display_name=f"voter{n}",
            name_skeleton=f"voter{n}",
            password=f"!nobody-signs-in-with-this-{n}",
            date_joined=now - timedelta(days=100),
        )
        for n in range(first, min(first + BATCH, count))
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=m, email=f"{m.username}@example.org", verified=True, primary=True)
        for m in members
    )
    voters = [Voter(m.pk, f"session{m.pk:025d}", f"{m.pk:032d}") for m in members]
    Session.objects.bulk_create(
        Session(
            session_key=voter.session,
            session_data=_session(member),
            expire_date=now + timedelta(days=1),
        )
        for voter, member in zip(voters, members, strict=True)
    )
    UserSession.objects.bulk_create(
        UserSession(user_id=voter.member_id, session_key=voter.session, ip="127.0.0.1")
        for voter in voters
    )
    return voters


def _session(member: Member) -> str:
    return SessionStore().encode(
        {
            SESSION_KEY: str(member.pk),
            BACKEND_SESSION_KEY: "community.members.signed_in.Backend",
            HASH_SESSION_KEY: member.get_session_auth_hash(),
        }
    )


def open_build(product: Product, number: int) -> Build:
    """A build whose ballots are open for a day."""
    now = timezone.now()
    version = f"6.11.{number}"
    build = Build.objects.create(
        product=product, number=number, version=version, slug=version, created_at=now
    )
    engineer, _ = Engineer.objects.get_or_create(
        slug="lin", defaults={"name": "Lin", "created_at": now}
    )
    features = Feature.objects.bulk_create(
        Feature(build=build, position=n, title=f"Change {n}") for n in range(FEATURES)
    )
    Credit.objects.bulk_create(Credit(feature=f, engineer=engineer, share=1) for f in features)
    opened_at = now - timedelta(hours=1)
    Build.objects.filter(pk=build.pk).update(
        state=Build.State.SCHEDULED,
        publish_at=opened_at,
        ballots_open_at=opened_at,
        ballots_close_at=now + timedelta(days=1),
        tally_at=now + timedelta(days=1, minutes=10),
        award_at=now + timedelta(days=2),
    )
    Build.objects.filter(pk=build.pk).update(
        state=Build.State.PUBLISHED, published_at=opened_at, frozen_at=opened_at
    )
    return build


def make_wishes(product: Product) -> list[int]:
    now = timezone.now()
    wishes = Proposal.objects.bulk_create(
        Proposal(product=product, title=f"Wish {n}", created_at=now) for n in range(WISHES)
    )
    return [wish.pk for wish in wishes]


def random_ballot(
    chance: random.Random, features: list[int], wishes: list[int]
) -> dict[str, object]:
    """Answers as people give them: a few features in both cells, a wish, sometimes a comment."""
    named = chance.sample(features, chance.randint(2, 7))
    loved = chance.randint(1, min(5, len(named) - 1))
    answers: dict[str, object] = {
        "mood": chance.choice(MOODS),
        "loved": named[:loved],
        "let_down": named[loved:][:5],
        "wishes": chance.sample(wishes, chance.randint(0, 3)),
    }
    comment = chance.choice(COMMENTS)
    return answers | {"comments": {"loved": comment} if comment else {}}


def put_request(host: str, slug: str, voter: Voter, ballot: dict[str, object]) -> bytes:
    """The request that the ballot page sends."""
    body = json.dumps(ballot, ensure_ascii=False).encode()
    head = (
        f"PUT /api/v1/builds/{slug}/ballot HTTP/1.1\r\nHost: {host}\r\n"
        f"Cookie: csrftoken={voter.csrf}; sessionid={voter.session}\r\n"
        f"X-CSRFToken: {voter.csrf}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
