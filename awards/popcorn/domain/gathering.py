"""Gathers what an award is computed from: the frozen ballots, credits and settings of a build."""

import hashlib
import hmac
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from awards.popcorn.domain.inputs import (
    FULL_TRUST_DAYS,
    Ballot,
    Credit,
    Engineer,
    Feature,
    Header,
    Override,
    Segment,
    Settings,
)
from awards.popcorn.domain.segments import fold_segments
from community.builds.models import Build
from community.builds.models import Credit as SignedCredit
from feedback.fourgrid.queries import SnapshotRow, snapshot_rows

PSEUDONYM_DIGITS = 32
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The inputs of an award, and the receipts of the ballots that are counted."""

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

    Ballots of staff and verdicts on one's own features are left out and counted.
    """
    signed = _credits(build)
    own = _own_features(build)
    ballots: list[Ballot] = []
    receipts: list[bytes] = []
    staff = own_verdicts = 0
    for row in snapshot_rows(build.pk):
        if row.is_staff:
            staff += 1
            continue
        ballot, left_out = _ballot(row, key, own.get(row.member_id, frozenset()))
        own_verdicts += left_out
        ballots.append(ballot)
        receipts.append(row.receipt)
    engineers = {credit.engineer_id: credit.engineer for credit in signed}
    header = Header(
        build=build.version,
        published_at=build.published_at.isoformat() if build.published_at else "",
        features=tuple(Feature(row.pk, row.title) for row in build.features.all()),
        engineers=tuple(Engineer(pk, row.name) for pk, row in engineers.items()),
        credits=tuple(Credit(row.feature_id, row.engineer_id, row.share) for row in signed),
        segments=_segments(build),
        settings=_settings(build),
        code_version=code_version,
        overrides=overrides,
        staff_ballots=staff,
        own_verdicts=own_verdicts,
        corrects=corrects,
        reason=reason,
    )
    return Gathered(*fold_segments(header, ballots), receipts)


def _credits(build: Build) -> list[SignedCredit]:
    """Credits with merges followed; two credits of one person on a feature become one."""
    signed = SignedCredit.objects.filter(feature__build=build).select_related(
        "engineer__merged_into"
    )
    joined: dict[tuple[int, int], SignedCredit] = {}
    for credit in signed.order_by("pk"):
        engineer = credit.engineer.merged_into or credit.engineer
        known = joined.get((credit.feature_id, engineer.pk))
        if known is None:
            credit.engineer = engineer
            joined[credit.feature_id, engineer.pk] = credit
        else:
            known.share += credit.share
    return list(joined.values())


def _own_features(build: Build) -> dict[int, frozenset[int]]:
    """The features each member is credited on, by member."""
    own: defaultdict[int, set[int]] = defaultdict(set)
    rows = SignedCredit.objects.filter(
        Q(engineer__member__isnull=False) | Q(engineer__merged_into__member__isnull=False),
        feature__build=build,
    ).values_list("feature_id", "engineer__member", "engineer__merged_into__member")
    for feature, member, merged in rows:
        own[merged or member].add(feature)
    return {member: frozenset(features) for member, features in own.items()}


def _ballot(row: SnapshotRow, key: bytes, own: frozenset[int]) -> tuple[Ballot, int]:
    loved = tuple(feature for feature in row.loved if feature not in own)
    let_down = tuple(feature for feature in row.let_down if feature not in own)
    pseudonym = hmac.new(key, str(row.member_id).encode(), hashlib.sha256).hexdigest()
    ballot = Ballot(
        pseudonym=pseudonym[:PSEUDONYM_DIGITS],
        age_days=min(row.age_days, FULL_TRUST_DAYS),
        hour=row.hour,
        segment=row.family,
        loved=loved,
        let_down=let_down,
    )
    return ballot, len(row.loved) + len(row.let_down) - len(loved) - len(let_down)


def _segments(build: Build) -> tuple[Segment, ...]:
    """The installed base as given by the manager; what is missing to 1 belongs to "other"."""
    shares = build.installed_shares.filter(share__gt=0).values_list("family", "share")
    segments = [Segment(family, share) for family, share in shares]
    rest = ONE - sum((segment.share for segment in segments), Decimal(0))
    if segments and rest > 0:
        segments.append(Segment("other", rest))
    return tuple(segments)


def _settings(build: Build) -> Settings:
    product = build.product
    usual = Settings()
    points = tuple(Decimal(str(point)) for point in product.award_joy_points) or usual.joy
    worst, bad, good, best = points
    return Settings(
        joy=(worst, bad, good, best),
        shrinkage=product.award_shrinkage,
        co_winner_threshold=product.award_co_winner_at,
        floor_votes=product.award_floor_votes,
        floor_share=product.award_floor_share,
        bucket_ballots=product.award_bucket_minimum,
    )
