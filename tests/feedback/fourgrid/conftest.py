"""A build whose ballots are open, members who may vote on it, and answers that are in order."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from community.builds.models import Build, Credit, Engineer, Feature, Product
from community.members.models import Member
from feedback.fourgrid.domain.answers import Answers
from feedback.proposals.models import Proposal

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
State = Build.State
MakeMember = Callable[..., Member]
MakeBuild = Callable[..., Build]
numbers = count(1)


@pytest.fixture
def make_member(db: None) -> MakeMember:
    def make(*, verified: bool = True, joined: timedelta = 100 * DAY, **fields: Any) -> Member:
        name = f"member{next(numbers)}"
        member = Member.objects.create(
            username=name,
            display_name=name,
            name_skeleton=name,
            date_joined=timezone.now() - joined,
            **fields,
        )
        EmailAddress.objects.create(user=member, email=f"{name}@example.org", verified=verified)
        return member

    return make


@pytest.fixture
def member(make_member: MakeMember) -> Member:
    return make_member()


@pytest.fixture
def product(db: None) -> Product:
    return Product.objects.create(slug="phone", name="Phone")


@pytest.fixture
def make_build(product: Product) -> MakeBuild:
    """Makes builds that went out ``opened`` ago, a feature for each of the areas."""
    engineer = Engineer.objects.create(slug="lin", name="Lin", created_at=timezone.now())

    def make(
        *,
        opened: timedelta = DAY,
        open_for: timedelta = 4 * DAY,
        areas: Sequence[str] = ("",) * 8,
        **fields: Any,
    ) -> Build:
        number, published_at = next(numbers), timezone.now() - opened
        version = f"6.11.{number}"
        build = Build.objects.create(
            product=product, number=number, version=version, slug=version, created_at=published_at
        )
        features = Feature.objects.bulk_create(
            Feature(build=build, position=n, title=f"Feature {n}", area=area)
            for n, area in enumerate(areas, start=1)
        )
        Credit.objects.bulk_create(
            Credit(feature=feature, engineer=engineer, share=1) for feature in features
        )
        closes_at = published_at + open_for
        week = {
            "publish_at": published_at,
            "ballots_open_at": published_at,
            "ballots_close_at": closes_at,
            "tally_at": closes_at + timedelta(minutes=10),
            "award_at": closes_at + 10 * HOUR,
        }
        out = {"state": State.PUBLISHED, "published_at": published_at, "frozen_at": published_at}
        change(build, state=State.SCHEDULED, **week)
        if fields.get("state") == State.RECALLED:
            change(build, **out)
        change(build, **(out | fields))
        return build

    return make


def change(build: Build, **fields: Any) -> None:
    Build.objects.filter(pk=build.pk).update(**fields)
    build.refresh_from_db()


@pytest.fixture
def build(make_build: MakeBuild) -> Build:
    return make_build()


@pytest.fixture
def features(build: Build) -> list[int]:
    return list(build.features.order_by("position").values_list("pk", flat=True))


@pytest.fixture
def wishes(product: Product) -> list[int]:
    return [
        Proposal.objects.create(product=product, title=f"Wish {n}", created_at=timezone.now()).pk
        for n in range(4)
    ]


@pytest.fixture
def answers(features: list[int], wishes: list[int]) -> Answers:
    return Answers.parse(
        {
            "mood": "in_love",
            "loved": features[:2],
            "let_down": features[2:3],
            "wishes": wishes[:1],
            "comments": {"loved": "终于不用自己改文件名了！"},
        }
    )
