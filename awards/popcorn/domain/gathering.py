"""Gathers what an award is computed from: the frozen ballots, credits and settings of a build."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from django.db.models import Q

from awards.popcorn.domain import knobs
from awards.popcorn.domain.inputs import (
    FULL_TRUST_DAYS,
    LEFT_OUT,
    Ballot,
    Credit,
    Engineer,
    Feature,
    Header,
    Override,
    Segment,
)
from awards.popcorn.domain.segments import FEWEST_VOTERS, OTHER
from community.builds.models import Build
from community.builds.models import Credit as SignedCredit
from community.builds.models import Engineer as Signer
from feedback.fourgrid.queries import SnapshotRow, snapshot_rows

PSEUDONYM_DIGITS = 32
SHARE_STEP = Decimal("0.0001")
Cell = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The inputs of an award, and the receipt (32 bytes) of each of its ballots."""

    header: Header
    ballots: list[Ballot]
    receipts: list[bytes]


def gather(
    build: Build,
    *,
    key: bytes,
    code_version: str,
    overrides: tuple[Override, ...] = (),
    corrects: str = "",
    reason: str = "",
) -> Gathered:
    """Read a closed build's ballots under pseudonyms made with ``key`` (32 bytes).

    Ballots of staff and verdicts on one's own features are left out and counted. Raises
    InputError when credits or settings contradict each other.
    """
    own = own_features(build)
    ballots: list[Ballot] = []
    receipts: list[bytes] = []
    staff = named = 0
    for row in snapshot_rows(build.pk):
        if row.is_staff:
            staff += 1
            continue
        named += len(row.loved) + len(row.let_down)
        ballots.append(_ballot(row, key, own.get(row.member_id, ())))
        receipts.append(row.receipt)
    ballots = _hide_the_few(ballots)
    counted = sum(len(_counted(cell)) for ballot in ballots for cell in _cells(ballot))
    header = replace(
        header_of(build, code_version=code_version, overrides=overrides),
        staff_ballots=staff,
        own_verdicts=named - counted,
        corrects=corrects,
        reason=reason,
    )
    return Gathered(header, ballots, receipts)


def header_of(build: Build, *, code_version: str, overrides: tuple[Override, ...] = ()) -> Header:
    """All but the ballots, as it stands today. Raises InputError when it contradicts itself."""
    signed, engineers = _signed(build)
    return Header(
        build=build.version,
        published_at=build.published_at.isoformat() if build.published_at else "",
        features=tuple(Feature(row.pk, row.title) for row in build.features.all()),
        engineers=engineers,
        credits=signed,
        segments=segments_of(dict(build.installed_shares.values_list("family", "share"))),
        settings=knobs.settings_of(knobs.of_build(build)),
        code_version=code_version,
        overrides=overrides,
    )


def own_features(build: Build) -> dict[int, frozenset[int]]:
    """The features each member is credited on, by member."""
    own: defaultdict[int, set[int]] = defaultdict(set)
    rows = SignedCredit.objects.filter(
        Q(engineer__member__isnull=False) | Q(engineer__merged_into__member__isnull=False),
        feature__build=build,
    ).values_list("feature_id", "engineer__member", "engineer__merged_into__member")
    for feature, member, merged in rows:
        own[merged or member].add(feature)
    return {member: frozenset(features) for member, features in own.items()}


def _ballot(row: SnapshotRow, key: bytes, own: Collection[int]) -> Ballot:
    pseudonym = hmac.digest(key, str(row.member_id).encode(), hashlib.sha256)
    return Ballot(
        pseudonym=pseudonym.hex()[:PSEUDONYM_DIGITS],
        age_days=min(row.age_days, FULL_TRUST_DAYS),
        hour=row.hour,
        segment=row.family,
        loved=_without(row.loved, own),
        let_down=_without(row.let_down, own),
    )


def _without(cell: list[int], own: Collection[int]) -> Cell:
    """A cell without verdicts on one's own features; nothing moves up to be the "most"."""
    kept = tuple(feature for feature in cell if feature not in own)
    return (LEFT_OUT, *kept) if kept and kept[0] != cell[0] else kept


def _hide_the_few(ballots: list[Ballot]) -> list[Ballot]:
    """Ballots whose gaps tell nothing of a person.

    Only somebody credited on this build leaves a gap. While fewer than five ballots have one, what
    stands behind it moves up: else everybody could read what a known engineer voted.
    """
    with_gap = [at for at, ballot in enumerate(ballots) if _has_gap(ballot)]
    if len(with_gap) < FEWEST_VOTERS:
        for at in with_gap:
            loved, let_down = map(_counted, _cells(ballots[at]))
            ballots[at] = replace(ballots[at], loved=loved, let_down=let_down)
    return ballots


def _has_gap(ballot: Ballot) -> bool:
    return any(LEFT_OUT in cell for cell in _cells(ballot))


def _cells(ballot: Ballot) -> tuple[Cell, Cell]:
    return ballot.loved, ballot.let_down


def _counted(cell: Cell) -> Cell:
    return cell[1:] if LEFT_OUT in cell else cell


def _signed(build: Build) -> tuple[tuple[Credit, ...], tuple[Engineer, ...]]:
    """Credits with merges followed: two of one person on a feature become one."""
    shares: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    engineers: dict[int, Signer] = {}
    for credit in SignedCredit.objects.filter(feature__build=build).select_related(
        "engineer__merged_into"
    ):
        engineer = credit.engineer.merged_into or credit.engineer
        engineers[engineer.pk] = engineer
        shares[credit.feature_id, engineer.pk] += credit.share
    return (
        tuple(Credit(feature, engineer, share) for (feature, engineer), share in shares.items()),
        tuple(Engineer(pk, row.name) for pk, row in engineers.items()),
    )


def segments_of(given: Mapping[str, Decimal]) -> tuple[Segment, ...]:
    """The installed base as a manager gave it, made to sum to 1.

    What is missing to 1 belongs to "other"; what is too much is taken off all in proportion.
    """
    rows = {family: share for family, share in given.items() if share > 0}
    too_much = max(sum(rows.values(), Decimal(0)), Decimal(1))
    shares = {
        family: (share / too_much).quantize(SHARE_STEP, ROUND_DOWN)
        for family, share in rows.items()
    }
    rest = 1 - sum(shares.values())
    if shares and rest:
        shares[OTHER] = shares.get(OTHER, Decimal(0)) + rest
    return tuple(Segment(family, share) for family, share in shares.items())
