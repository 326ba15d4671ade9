"""Computes the award of frozen ballots and stores all of it: result, places, proof, quotes."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import numpy as np

from awards.popcorn.domain import merkle, quotes, summing
from awards.popcorn.domain.gathering import Gathered, gather
from awards.popcorn.domain.inputs import Override
from awards.popcorn.domain.integrity import COORDINATION_ONE, Weights
from awards.popcorn.domain.ranking import Place
from awards.popcorn.domain.result import Result
from awards.popcorn.domain.signing import signing_key
from awards.popcorn.domain.snapshot import Sealed, seal
from awards.popcorn.models import (
    Award,
    AwardPlace,
    BucketWinner,
    BundlePart,
    DiscountedBallot,
    DiscountOverride,
    ReceiptPage,
)
from community.builds.models import Build
from feedback.fourgrid.models import Ballot

# Names the rules of the computation: a snapshot says by which it was judged.
CODE_VERSION = "popcorn-1"
# The public table ends here, and with the better half of the eligible.
MOST_SHOWN = 10
PARTS_AT_A_TIME = 8
ROWS_AT_A_TIME = 2_000
# What a place is stored with, as it was computed.
COMPUTED = (
    "place",
    "is_winner",
    "is_hidden_kernel",
    "score",
    "p_best",
    "score_low",
    "score_high",
    "place_low",
    "place_high",
    "effective_votes",
)


def store(
    build: Build, *, key: bytes, at: datetime, reason: str = "", corrects: Award | None = None
) -> Award:
    """Compute the award of a build and store it as its next revision, inside a transaction.

    ``key`` (32 bytes) makes the pseudonyms. Raises InputError when credits, shares or settings
    contradict each other, NoSigningKey.
    """
    gathered = gather(
        build,
        key=key,
        code_version=CODE_VERSION,
        overrides=confirmed_overrides(build),
        corrects=bytes(corrects.digest).hex() if corrects else "",
        reason=reason,
    )
    sealed = seal(gathered.header, gathered.ballots, gathered.receipts, signing_key())
    award = Award.objects.create(
        build=build,
        revision=corrects.revision + 1 if corrects else 1,
        reason=reason,
        computed_at=at,
        result=sealed.result,
        parameters=sealed.parameters,
        code_version=CODE_VERSION,
        ballot_count=len(gathered.ballots),
        discounted_weight=_discounted_weight(sealed.computed.weights),
        digest=sealed.digest,
        ballots_root=sealed.ballots_root,
        receipts_root=sealed.receipts_root,
        signature=sealed.signature,
        public_key=sealed.public_key,
        bundle_size=len(sealed.content),
    )
    _store_bundle(award, sealed.content)
    _store_receipts(award, sorted(gathered.receipts))
    _store_places(award, sealed.computed.places)
    _store_buckets(award, sealed.computed)
    _store_discounts(award, gathered, sealed)
    _store_sums(award, gathered, sealed)
    quotes.choose(award)
    return award


def confirmed_overrides(build: Build) -> tuple[Override, ...]:
    rows = DiscountOverride.objects.filter(build=build, confirmed_by__isnull=False)
    return tuple(Override(row.first, row.second, row.hour, row.reason) for row in rows)


def _discounted_weight(weights: Weights) -> float:
    whole = int(weights.undiscounted.sum())
    return 1 - int(weights.weight.sum()) / whole if whole else 0.0


def _store_bundle(award: Award, content: bytes) -> None:
    # Slices of a view: the file, which may be long, is not copied.
    whole, size = memoryview(content), BundlePart.SIZE
    BundlePart.objects.bulk_create(
        (
            BundlePart(
                award=award, number=number, content=whole[number * size : (number + 1) * size]
            )
            for number in range(-(-len(whole) // size))
        ),
        batch_size=PARTS_AT_A_TIME,
    )


def _store_receipts(award: Award, receipts: list[bytes]) -> None:
    size = ReceiptPage.SIZE
    pages = [receipts[at : at + size] for at in range(0, len(receipts), size)]
    ReceiptPage.objects.bulk_create(
        (
            ReceiptPage(
                award=award,
                number=number,
                first=page[0],
                receipts=b"".join(page),
                root=merkle.root(page),
            )
            for number, page in enumerate(pages)
        ),
        batch_size=PARTS_AT_A_TIME,
    )


def _store_places(award: Award, places: Iterable[Place]) -> None:
    ranked = list(places)
    shown = shown_engineers(ranked)
    AwardPlace.objects.bulk_create(
        AwardPlace(
            award=award,
            engineer_id=place.engineer,
            is_shown=place.engineer in shown,
            **{name: getattr(place, name) for name in COMPUTED},
        )
        for place in ranked
    )


def shown_engineers(places: Iterable[Place]) -> set[int]:
    """The winners and the top of the table: nobody is shown a public bottom, ties stay together."""
    eligible = [place for place in places if place.place is not None]
    last = min(MOST_SHOWN, (len(eligible) + 1) // 2)
    return {row.engineer for row in eligible if row.is_winner or (row.place or 0) <= last}


def _store_buckets(award: Award, computed: Result) -> None:
    standings = {score.feature: score.standing for score in computed.features}
    BucketWinner.objects.bulk_create(
        BucketWinner(
            award=award,
            feature_id=feature,
            first_places=standings[feature].first_loves,
            weighted_first_places=float(standings[feature].weighted_first_loves),
        )
        for feature in computed.outcome.bucket
    )


def _store_discounts(award: Award, gathered: Gathered, sealed: Sealed) -> None:
    """Write each discounted ballot's reason code down, for the product's managers alone."""
    weights = sealed.computed.weights
    places = {sealed.ballots[at].pseudonym: at for at in np.flatnonzero(weights.reason >= 0)}
    receipts = {
        receipt: places[ballot.pseudonym]
        for ballot, receipt in zip(gathered.ballots, gathered.receipts, strict=True)
        if ballot.pseudonym in places
    }
    rows = Ballot.objects.filter(build=award.build, receipt__in=receipts)
    DiscountedBallot.objects.bulk_create(
        (
            DiscountedBallot(
                award=award,
                ballot_id=ballot,
                pattern=weights.reason[at],
                coordination=Decimal(int(weights.coordination[at])) / COORDINATION_ONE,
            )
            for ballot, at in (
                (pk, receipts[bytes(receipt)]) for pk, receipt in rows.values_list("pk", "receipt")
            )
        ),
        batch_size=ROWS_AT_A_TIME,
    )


def _store_sums(award: Award, gathered: Gathered, sealed: Sealed) -> None:
    """By families as voters have them: the sealed ballots have small ones folded already."""
    families = {ballot.pseudonym: ballot.segment for ballot in gathered.ballots}
    voters = summing.by_family(
        [families[ballot.pseudonym] for ballot in sealed.ballots],
        sealed.columns,
        sealed.computed.weights,
    )
    summing.keep(award, gathered.header, voters)
