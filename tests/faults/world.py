"""A product, members with sessions and tokens, builds whose ballots are open: made in bulk."""

import random
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from community.builds.domain import week
from community.builds.models import Build, Credit, Engineer, Feature, Product
from community.members.models import ApiToken, Member
from feedback.fourgrid.domain import tally
from feedback.proposals.models import Proposal
from feedback.reports.domain import store
from feedback.reports.models import VoteReport
from tests.feedback.reports.making import put, random_votes

# The site's processes and this one sign alike.
KEYS = {
    "SECRET_KEY": settings.SECRET_KEY,
    "AWARD_SIGNING_KEY": b64encode(sha256(b"popcorn").digest()).decode(),
}
BACKEND = "community.members.signed_in.Backend"
MOODS = ("happy", "in_love", "hopeful", "sad")
FEATURES, WISHES = 8, 4
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
numbers = count(1)


@dataclass(frozen=True)
class Person:
    """A member and the headers by which the site knows them."""

    member_id: int
    headers: dict[str, str]


def make_members(number: int) -> list[Member]:
    """Members who may vote."""
    now = timezone.now()
    names = [f"caster{next(numbers)}" for _ in range(number)]
    members = Member.objects.bulk_create(
        Member(
            username=name,
            display_name=name,
            name_skeleton=name,
            password=f"!{name}",
            date_joined=now - 100 * DAY,
        )
        for name in names
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=m, email=f"{m.username}@example.org", verified=True, primary=True)
        for m in members
    )
    return members


def make_people(number: int) -> list[Person]:
    """Members the site knows, one by a session, the next by a token."""
    members, now = make_members(number), timezone.now()
    people = [*_sign_in(members[::2], now), *_give_tokens(members[1::2], now)]
    return sorted(people, key=lambda person: person.member_id)


def sign_in(member: Member) -> Person:
    """A browser in which the member has signed in."""
    return _sign_in([member], timezone.now())[0]


def _sign_in(members: list[Member], now: datetime) -> list[Person]:
    keys = {member.pk: f"session{member.pk:025d}" for member in members}
    Session.objects.bulk_create(
        Session(session_key=keys[m.pk], session_data=_session(m), expire_date=now + DAY)
        for m in members
    )
    UserSession.objects.bulk_create(
        UserSession(user=member, session_key=keys[member.pk], ip="127.0.0.1") for member in members
    )
    return [Person(member.pk, _browser(keys[member.pk], f"{member.pk:032d}")) for member in members]


def _session(member: Member) -> str:
    return SessionStore().encode(
        {
            SESSION_KEY: str(member.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: member.get_session_auth_hash(),
        }
    )


def _browser(session: str, secret: str) -> dict[str, str]:
    return {"Cookie": f"csrftoken={secret}; sessionid={session}", "X-CSRFToken": secret}


def give_token(member: Member) -> Person:
    """A program that acts for the member."""
    return _give_tokens([member], timezone.now())[0]


def _give_tokens(members: list[Member], now: datetime) -> list[Person]:
    keys = {member.pk: f"of_{next(numbers)}" for member in members}
    ApiToken.objects.bulk_create(
        ApiToken(
            member=member,
            name="faults",
            digest=sha256(keys[member.pk].encode()).digest(),
            scopes=[ApiToken.Scope.BALLOTS, ApiToken.Scope.BUILDS],
            created_at=now,
            expires_at=now + DAY,
            last_used_on=now.date(),
        )
        for member in members
    )
    return [Person(member.pk, {"Authorization": f"Bearer {keys[member.pk]}"}) for member in members]


def make_product() -> Product:
    """A product with wishes on the ballot."""
    product = Product.objects.create(slug=f"phone-{next(numbers)}", name="Phone")
    now = timezone.now()
    Proposal.objects.bulk_create(
        Proposal(product=product, title=f"Wish {n}", created_at=now) for n in range(WISHES)
    )
    return product


def make_draft(product: Product) -> Build:
    """A draft with changes, each signed in full."""
    number, now = next(numbers), timezone.now()
    version = f"6.11.{number}"
    build = Build.objects.create(
        product=product, number=number, version=version, slug=version, created_at=now
    )
    features = Feature.objects.bulk_create(
        Feature(build=build, position=n, title=f"Change {n}") for n in range(FEATURES)
    )
    engineers = [_engineer(name, now) for name in ("Lin", "Mei", "Zhao")]
    Credit.objects.bulk_create(
        Credit(feature=feature, engineer=engineers[n % len(engineers)], share=1)
        for n, feature in enumerate(features)
    )
    return build


def _engineer(name: str, now: datetime) -> Engineer:
    made = {"name": name, "created_at": now}
    return Engineer.objects.get_or_create(slug=name.lower(), defaults=made)[0]


def schedule(build: Build, *, publish_at: datetime, open_for: timedelta = DAY) -> Build:
    """Give a draft a week with the edges that matter here; its tally is due as it closes."""
    close_at = publish_at + open_for
    return _change(
        build,
        state=Build.State.SCHEDULED,
        publish_at=publish_at,
        ballots_open_at=publish_at,
        ballots_close_at=close_at,
        tally_at=close_at,
        award_at=close_at + timedelta(milliseconds=1),
    )


def open_build(product: Product, *, closes_in: timedelta = DAY) -> Build:
    """A build that went out an hour ago."""
    opened_at = timezone.now() - HOUR
    with transaction.atomic():  # a beat at work must not publish it first
        build = schedule(make_draft(product), publish_at=opened_at, open_for=HOUR + closes_in)
        published = {"published_at": opened_at, "frozen_at": opened_at}
        return _change(build, state=Build.State.PUBLISHED, **published)


def close_build(product: Product, *, ballots: int = 40) -> Build:
    """A build whose window has just closed over some ballots; everything after that is due."""
    with transaction.atomic():  # the beat must not count before all ballots are there
        build = open_build(product, closes_in=timedelta())
        put(random_votes(build, ballots, seed=build.pk))
        week.close(build_id=build.pk)
    build.refresh_from_db()
    return build


def make_report(product: Product) -> VoteReport:
    """The final report of a build that has just closed; its managers are to be told now."""
    build = close_build(product)
    tally.count(build_id=build.pk, at=timezone.now())
    return store(build_id=build.pk, at=timezone.now())


def _change(build: Build, **fields: object) -> Build:
    Build.objects.filter(pk=build.pk).update(**fields)
    build.refresh_from_db()
    return build


class Ballots:
    """Draws answers on one build as people give them."""

    def __init__(self, build: Build, chance: random.Random) -> None:
        self.build_id, self.version = build.pk, build.slug
        self._features = list(build.features.values_list("pk", flat=True))
        self._wishes = list(build.product.proposals.values_list("pk", flat=True))
        self._chance = chance

    def draw(self, word: str) -> dict[str, object]:
        """Answers as the API reads them; the word makes them unlike any others."""
        named = self._chance.sample(self._features, self._chance.randint(2, 7))
        loved = self._chance.randint(1, min(5, len(named) - 1))
        return {
            "mood": self._chance.choice(MOODS),
            "loved": named[:loved],
            "let_down": named[loved:][:5],
            "wishes": self._chance.sample(self._wishes, self._chance.randint(0, 3)),
            "comments": {"mood": word},
        }
