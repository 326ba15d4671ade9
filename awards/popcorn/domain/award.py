"""The life of an award: computed once from frozen ballots, announced or withheld, corrected."""

import secrets
from base64 import b64decode
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from awards.popcorn.domain import announcement
from awards.popcorn.domain.gathering import gather
from awards.popcorn.domain.inputs import Override
from awards.popcorn.domain.snapshot import Sealed, seal
from awards.popcorn.models import (
    Award,
    AwardBundle,
    AwardPlace,
    BucketWinner,
    DiscountOverride,
    PseudonymKey,
)
from community.builds.domain import week
from community.builds.models import Build
from community.members.models import Member

KEY_BYTES = 32
# Names the rules of the computation: a snapshot says by which it was judged.
CODE_VERSION = "popcorn-1"


class AwardRefused(Exception):
    """The award cannot be taken this step; the message says why and what to do."""


def signing_key() -> Ed25519PrivateKey:
    """The site's Ed25519 key from AWARD_SIGNING_KEY. Raises AwardRefused when it is missing."""
    if not settings.AWARD_SIGNING_KEY:
        raise AwardRefused(_("Set AWARD_SIGNING_KEY: awards are signed."))
    return Ed25519PrivateKey.from_private_bytes(b64decode(settings.AWARD_SIGNING_KEY))


def compute(*, build_id: int, at: datetime) -> Award:
    """Compute and store the award of a closed, tallied build; the second time, give back the first.

    A run that was killed is done again with the same pseudonyms, so it gives the same bytes.
    Raises AwardRefused.
    """
    key = _pseudonym_key(build_id, at)
    with transaction.atomic():
        build = _locked(build_id)
        if award := Award.objects.filter(build=build, revision=1).first():
            return award
        _require_frozen(build)
        return _store(build, key=key, at=at, revision=1)


@transaction.atomic
def announce(*, build_id: int, at: datetime, by: Member | None = None) -> Award:
    """Publish the newest award of a build with its topic, once. Raises AwardRefused."""
    build = _locked(build_id)
    award = _newest(build)
    if award.state == Award.State.ANNOUNCED:
        return award
    award.state, award.state_reason = Award.State.ANNOUNCED, ""
    award.announced_at, award.decided_by = at, by
    award.topic = announcement.open_topic(award, at=at)
    award.save(update_fields=["state", "state_reason", "announced_at", "decided_by", "topic"])
    week.mark_awarded(build_id=build.pk)
    # Final: from here on nobody can tell which voter a pseudonym stands for.
    PseudonymKey.objects.filter(build=build).delete()
    return award


@transaction.atomic
def withhold(*, build_id: int, reason: str, by: Member) -> Award:
    """Keep a computed award back, with a reason that everybody can read. Raises AwardRefused."""
    build = _locked(build_id)
    award = _newest(build)
    if award.state == Award.State.ANNOUNCED:
        raise AwardRefused(_("The award is out. Correct it instead: the old one stays visible."))
    if not reason.strip():
        raise AwardRefused(_("Say why the award is withheld: everybody will read it."))
    award.state, award.state_reason, award.decided_by = Award.State.WITHHELD, reason.strip(), by
    award.save(update_fields=["state", "state_reason", "decided_by"])
    return award


def correct(*, build_id: int, reason: str, by: Member, at: datetime) -> Award:
    """Compute an announced award again as a new revision that says why; the old one stays.

    Raises AwardRefused when there is nothing to correct or no reason.
    """
    if not reason.strip():
        raise AwardRefused(_("Say what changed and why: everybody will read it."))
    key = _pseudonym_key(build_id, at)
    with transaction.atomic():
        build = _locked(build_id)
        old = _newest(build)
        if old.state != Award.State.ANNOUNCED:
            raise AwardRefused(_("Only an announced award is corrected."))
        award = _store(
            build, key=key, at=at, revision=old.revision + 1, reason=reason.strip(), corrects=old
        )
        award.decided_by = by
        award.save(update_fields=["decided_by"])
        return announce(build_id=build_id, at=at, by=by)


def _locked(build_id: int) -> Build:
    builds = Build.objects.select_for_update(no_key=True, of=("self",)).select_related("product")
    return builds.get(pk=build_id)


def _require_frozen(build: Build) -> None:
    if build.state not in {Build.State.CLOSED, Build.State.AWARDED}:
        raise AwardRefused(_("The ballots of %(build)s are not closed.") % {"build": build})
    if not hasattr(build, "tally"):
        raise AwardRefused(_("The ballots of %(build)s are not counted yet.") % {"build": build})


def _newest(build: Build) -> Award:
    award = Award.objects.filter(build=build).order_by("-revision").first()
    if award is None:
        raise AwardRefused(_("There is no award of %(build)s yet.") % {"build": build})
    return award


def _pseudonym_key(build_id: int, at: datetime) -> bytes:
    """The build's key, committed before the computation so that a killed one can be repeated."""
    fresh = {"key": secrets.token_bytes(KEY_BYTES), "created_at": at}
    row, _is_new = PseudonymKey.objects.get_or_create(build_id=build_id, defaults=fresh)
    return bytes(row.key)


def _store(
    build: Build,
    *,
    key: bytes,
    at: datetime,
    revision: int,
    reason: str = "",
    corrects: Award | None = None,
) -> Award:
    gathered = gather(
        build,
        key=key,
        code_version=CODE_VERSION,
        overrides=_overrides(build),
        corrects=bytes(corrects.digest).hex() if corrects else "",
        reason=reason,
    )
    sealed = seal(gathered.header, gathered.ballots, gathered.receipts, signing_key())
    award = Award.objects.create(
        build=build,
        revision=revision,
        reason=reason,
        computed_at=at,
        result=sealed.result,
        parameters=sealed.parameters,
        code_version=CODE_VERSION,
        digest=sealed.digest,
        ballots_root=sealed.ballots_root,
        receipts_root=sealed.receipts_root,
        signature=sealed.signature,
        public_key=sealed.public_key,
        ballot_count=len(gathered.ballots),
    )
    AwardBundle.objects.create(award=award, content=sealed.content)
    _store_places(award, sealed)
    return award


def _overrides(build: Build) -> tuple[Override, ...]:
    rows = DiscountOverride.objects.filter(build=build, confirmed_by__isnull=False)
    return tuple(Override(row.first, row.second, row.hour, row.reason) for row in rows)


def _store_places(award: Award, sealed: Sealed) -> None:
    outcome = sealed.computed
    AwardPlace.objects.bulk_create(
        AwardPlace(
            award=award,
            engineer_id=place.engineer,
            place=place.place,
            is_winner=place.is_winner,
            is_hidden_kernel=place.is_hidden_kernel,
            score=place.score,
            p_best=place.p_best,
            score_low=place.score_low,
            score_high=place.score_high,
            place_low=place.place_low,
            place_high=place.place_high,
            effective_votes=place.effective_votes,
        )
        for place in outcome.places
    )
    standing = {row.feature: row.standing for row in outcome.features}
    BucketWinner.objects.bulk_create(
        BucketWinner(
            award=award,
            feature_id=feature,
            first_places=standing[feature].first_loves,
            weighted_first_places=standing[feature].weighted_first_loves,
        )
        for feature in outcome.outcome.bucket
    )
