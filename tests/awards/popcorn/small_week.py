"""A small build with three engineers, and ballots for it."""

import hashlib
import random
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from awards.popcorn.domain.inputs import (
    Ballot,
    Credit,
    Engineer,
    Feature,
    Header,
    Segment,
    Settings,
)
from awards.popcorn.domain.snapshot import Sealed, seal

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MEI, LIN, RAJ = 1, 2, 3


def header(**changes: Any) -> Header:
    fields: dict[str, Any] = {
        "build": "301",
        "published_at": "2025-11-14T09:00:00+00:00",
        "features": tuple(Feature(pk, f"Feature {pk}") for pk in (1, 2, 3)),
        "engineers": (Engineer(MEI, "Mei"), Engineer(LIN, "Lin"), Engineer(RAJ, "拉吉")),
        "credits": (
            Credit(1, MEI, Decimal("0.7")),
            Credit(1, LIN, Decimal("0.3")),
            Credit(2, LIN, Decimal(1)),
            Credit(3, RAJ, Decimal(1)),
        ),
        "segments": (Segment("phone", Decimal("0.8")), Segment("tablet", Decimal("0.2"))),
        "settings": Settings(draws=200),
        "code_version": "test",
        "numpy_version": "test",
    }
    return Header(**{**fields, **changes})


def ballot(number: int = 0, **changes: Any) -> Ballot:
    pseudonym = hashlib.sha256(str(number).encode()).hexdigest()[:32]
    fields: dict[str, Any] = {"age_days": 30, "hour": 0, "segment": "phone"}
    return Ballot(pseudonym=pseudonym, **{**fields, **changes})


def ballots(count: int, seed: int = 1) -> list[Ballot]:
    chance = random.Random(seed)
    made = []
    for number in range(count):
        named = chance.sample([1, 2, 3], k=chance.randint(0, 3))
        cut = chance.randint(0, len(named))
        made.append(
            ballot(
                number,
                age_days=chance.randint(0, 30),
                hour=chance.randint(0, 102),
                segment=chance.choice(["phone", "tablet"]),
                loved=tuple(named[:cut]),
                let_down=tuple(named[cut:]),
            )
        )
    return made


def receipts(count: int) -> list[bytes]:
    return [hashlib.sha256(f"receipt {number}".encode()).digest() for number in range(count)]


@cache
def sealed(count: int = 60) -> Sealed:
    return seal(header(), ballots(count), receipts(count), KEY)


def shuffled(rows: Sequence[Any], seed: int) -> tuple[Any, ...]:
    return tuple(random.Random(seed).sample(rows, k=len(rows)))
