"""The life of an award: computed once from frozen ballots, announced or withheld, corrected."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.popcorn.domain import announcement
from awards.popcorn.domain.inputs import InputError
from awards.popcorn.domain.signing import NoSigningKey
from awards.popcorn.domain.storing import store
from awards.popcorn.models import Award, PseudonymKey
from community.builds.domain import week
from community.builds.models import Build
from community.members.models import Member

KEY_BYTES = 32
State = Award.State


class AwardRefused(Exception):
    """The award cannot be taken this step; the message says why and what to do."""


def compute(*, build_id: int, at: datetime) -> Award:
    """Compute and store the award of a closed, tallied build; the second time, give back the first.

    A run that was killed is done again with the same pseudonyms, so it gives the same bytes.
    Raises AwardRefused.
    """
    with transaction.atomic():
        build = _locked(build_id)
        if award := Award.objects.filter(build=build, revision=1).first():
            return award
        _require_frozen(build)
        key = _pseudonym_key(build, at)
    # The key is committed: whoever comes after a kill finds it.
    with transaction.atomic():
        build = _locked(build_id)
        award = Award.objects.filter(build=build, revision=1).first()
        return award or _computed(build, key=key, at=at)


@transaction.atomic
def announce(*, build_id: int, at: datetime, by: Member | None = None) -> Award:
    """Publish the newest award of a build with its topic, once.

    Without ``by`` it is the clock that asks: it leaves alone what a manager withholds. Raises
    AwardRefused when nothing is computed.
    """
    build = _locked(build_id)
    award = _newest(build)
    if award.state == State.ANNOUNCED or (award.state == State.WITHHELD and by is None):
        return award
    award.state, award.state_reason = State.ANNOUNCED, ""
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
    award = _newest(_locked(build_id))
    if award.state == State.ANNOUNCED:
        raise AwardRefused(_("The award is out. Correct it instead: the old one stays visible."))
    award.state_reason = _told(reason)
    award.state, award.decided_by = State.WITHHELD, by
    award.save(update_fields=["state", "state_reason", "decided_by"])
    return award


@transaction.atomic
def correct(*, build_id: int, corrects: int, reason: str, by: Member, at: datetime) -> Award:
    """Compute an award again as a new revision that says what changed and why; the old one stays.

    What was out is replaced at once; what was not out yet waits as it did. ``corrects`` is the
    revision that the manager has seen: the same correction asked for twice is made once. Raises
    AwardRefused.
    """
    build, reason = _locked(build_id), _told(reason)
    old = _newest(build)
    if old.revision == corrects + 1 and old.reason == reason:
        return old
    if old.revision != corrects:
        raise AwardRefused(_("Somebody has corrected it meanwhile: look at it again."))
    was_out = old.state == State.ANNOUNCED
    # The key of what is out is destroyed: its correction has pseudonyms of its own.
    key = secrets.token_bytes(KEY_BYTES) if was_out else _pseudonym_key(build, at)
    award = _computed(build, key=key, at=at, reason=reason, corrects=old)
    if was_out:
        return announce(build_id=build_id, at=at, by=by)
    award.state, award.state_reason, award.decided_by = old.state, old.state_reason, by
    award.save(update_fields=["state", "state_reason", "decided_by"])
    return award


def _locked(build_id: int) -> Build:
    """The build; nobody else takes a step with its award until the transaction ends."""
    builds = Build.objects.select_for_update(no_key=True, of=("self",))
    return builds.select_related("product", "tally").get(pk=build_id)


def _newest(build: Build) -> Award:
    award = Award.objects.newest().filter(build=build).first()
    if award is None:
        raise AwardRefused(_("There is no award of %(build)s yet.") % {"build": build})
    return award


def _told(reason: str) -> str:
    if not reason.strip():
        raise AwardRefused(_("Say why: everybody will read it."))
    return reason.strip()


def _require_frozen(build: Build) -> None:
    if build.state not in {Build.State.CLOSED, Build.State.AWARDED}:
        raise AwardRefused(_("The ballots of %(build)s are not closed.") % {"build": build})
    if not hasattr(build, "tally"):
        raise AwardRefused(_("The ballots of %(build)s are not counted yet.") % {"build": build})


def _pseudonym_key(build: Build, at: datetime) -> bytes:
    fresh = {"key": secrets.token_bytes(KEY_BYTES), "created_at": at}
    row, _is_new = PseudonymKey.objects.get_or_create(build=build, defaults=fresh)
    return bytes(row.key)


def _computed(
    build: Build, *, key: bytes, at: datetime, reason: str = "", corrects: Award | None = None
) -> Award:
    try:
        return store(build, key=key, at=at, reason=reason, corrects=corrects)
    except (InputError, NoSigningKey) as error:
        raise AwardRefused(str(error)) from error
