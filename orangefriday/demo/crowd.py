"""Who lives in the demo community: the accounts one signs in with, engineers, and many voters."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from allauth.account.models import EmailAddress
from numpy.random import Generator

from community.builds.models import Engineer, EngineerName
from community.honours.domain import experience
from community.members.domain.accounts import create_member
from community.members.models import Device, Member
from community.text.pinyin import sort_key
from orangefriday.demo import people
from orangefriday.demo.regulars import regulars
from orangefriday.demo.weeks import ENGINEERS

VOTERS = 3_600


@dataclass(slots=True)
class Cast:
    """Everybody the loader needs at hand."""

    accounts: dict[str, Member]
    voters: list[Member]
    engineers: dict[str, Engineer]


def gather(
    rng: Generator, accounts: list[people.Account], *, began: datetime, at: datetime
) -> Cast:
    """Make everybody: those with an account to sign in, engineers, voters."""
    known = {
        account.role: create_member(
            username=account.username,
            display_name=account.display_name,
            password=account.password,
            email=f"{account.username}@example.org",
            at=began,
            is_verified=True,
            is_staff=account.role in {"manager", "engineer", "admin"},
            is_superuser=account.role == "admin",
            may_use_reserved_names=True,
        )
        for account in accounts
    }
    crowd = _crowd(rng, at)
    engineers = {}
    for key, (name, handle) in ENGINEERS.items():
        engineer = Engineer.objects.create(
            slug=handle,
            name=name,
            name_sort_key=sort_key(name),
            created_at=began,
            member=known["engineer"] if key == "lin" else _staff(name, handle, began),
        )
        EngineerName.objects.bulk_create(
            EngineerName(engineer=engineer, kind=kind, text=text, key=text.casefold())
            for kind, text in (("person", name), ("handle", handle))
        )
        engineers[key] = engineer
    return Cast(known, crowd, engineers)


def _staff(name: str, handle: str, began: datetime) -> Member:
    return create_member(
        username=handle,
        display_name=name,
        password=None,
        email=f"{handle}@example.org",
        at=began,
        is_verified=True,
        is_staff=True,
    )


def _crowd(rng: Generator, at: datetime) -> list[Member]:
    ages = np.clip(rng.lognormal(np.log(300), 0.9, VOTERS), 1, 900)
    levels = rng.choice(6, VOTERS, p=(0.22, 0.28, 0.22, 0.15, 0.09, 0.04))
    regions = rng.choice(len(people.REGIONS), VOTERS)
    members = []
    for n, (username, name) in enumerate(people.shuffled(rng, VOTERS)):
        member = Member(
            username=username,
            email=f"{username}@example.org",
            level=int(levels[n]),
            region=people.REGIONS[regions[n]],
            language="zh-hans" if username.endswith("_zh") else "en",
            date_joined=at - timedelta(days=float(ages[n])),
        )
        member.take_name(name)
        member.set_unusable_password()
        members.append(member)
    _introduce(members, at)
    Member.objects.bulk_create(members, batch_size=1000)
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=member, email=member.email, verified=True, primary=True)
            for member in members
        ],
        batch_size=2000,
    )
    experience.bring_along(at=at)
    families = rng.choice(len(people.FAMILIES), VOTERS, p=people.VOTERS_USE)
    phones = {regular.username: regular.device for regular in regulars()}
    Device.objects.bulk_create(
        [
            Device(
                member=member,
                family=phones.get(member.username, people.FAMILIES[families[n]]),
                public_key=hashlib.sha256(member.username.encode()).digest(),
                added_at=member.date_joined,
                is_main=True,
            )
            for n, member in enumerate(members)
        ],
        batch_size=2000,
    )
    return members


def _introduce(members: list[Member], at: datetime) -> None:
    """Some of those who have been here for long are the ones who write."""
    old = (member for member in members if at - member.date_joined > timedelta(days=90))
    for member, regular in zip(old, regulars(), strict=False):
        member.username, member.email = regular.username, f"{regular.username}@example.org"
        member.region, member.time_zone = regular.region, regular.zone
        member.language = "zh-hans" if regular.is_chinese else "en"
        member.about = regular.about
        member.level = member.level if regular.level is None else regular.level
        member.take_name(regular.name)
