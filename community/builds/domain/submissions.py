"""A build sent by a program: drafted with its changes; sent again, nothing happens twice."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds.domain import features, signing
from community.builds.domain.drafts import create_draft
from community.builds.domain.features import Change
from community.builds.domain.importing.apply import apply
from community.builds.domain.importing.choose import choose
from community.builds.domain.importing.fingerprint import fingerprint
from community.builds.domain.importing.names import is_bot
from community.builds.domain.importing.parse import parse
from community.builds.domain.refusals import Refused
from community.builds.models import Build, Product, Submission
from community.members.models import Member


class KeyReused(Refused):
    """The Idempotency-Key was used for something else."""

    code = "idempotency_key_reused"


@dataclass(frozen=True)
class Signed:
    """A change with the people who made it, as typed."""

    change: Change
    typed: tuple[signing.Typed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A build as a program sends it: its changes one by one, or release notes to read."""

    product: Product
    version: str
    channel: str
    notes: str = ""
    signed: tuple[Signed, ...] = ()
    changelog: str = ""

    def digest(self) -> bytes:
        """SHA-256 over what was sent, the same for the same."""
        plain = asdict(self) | {"product": self.product.pk}
        return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).digest()


@transaction.atomic
def submit(*, sent: Sent, by: Member, at: datetime, key: str = "") -> tuple[Build, bool]:
    """Draft a build, or find the one there is, and add what is missing; whether it is new.

    The answer to a ``key`` that was used before is the build of then. Raises KeyReused, Invalid,
    Taken, BrokenNotes, NoSuchSection; WrongState or ChangeListFrozen when there is something to
    add to a list that stands.
    """
    if key and (known := _sent_before(by, key, sent)):
        return known, True
    chosen = choose(parse(sent.changelog), version=sent.version)[0] if sent.changelog else None
    # As the notes write it: v1.2 of a tag is 1.2 of its notes, whichever way they come.
    version = chosen[1] if chosen else sent.version
    build, is_new = create_draft(
        product=sent.product,
        version=version,
        channel=sent.channel,
        notes=sent.notes,
        by=by,
        at=at,
    )
    if key:
        # A twin sent at the same time waits here, then finds the row.
        _row, is_first = Submission.objects.get_or_create(
            member=by,
            key=key,
            defaults={"digest": sent.digest(), "build": build, "created_at": at},
        )
        if not is_first and (known := _sent_before(by, key, sent)):
            return known, True
    _add_missing(build, sent.signed, at)
    if chosen:
        apply(product=sent.product, section=chosen[0], version=version, at=at, by=by)
    return build, is_new


def _sent_before(by: Member, key: str, sent: Sent) -> Build | None:
    row = Submission.objects.select_related("build").filter(member=by, key=key).first()
    if row is None:
        return None
    if bytes(row.digest) != sent.digest():
        raise KeyReused(_("This Idempotency-Key was used for another build."))
    return row.build


def _add_missing(build: Build, signed: Sequence[Signed], at: datetime) -> None:
    there = set(build.features.exclude(fingerprint="").values_list("fingerprint", flat=True))
    for each in signed:
        change = each.change
        mark = fingerprint(change.title, change.references)
        if mark in there:
            continue
        there.add(mark)
        feature = features.add_feature(build_id=build.pk, change=change, fingerprint=mark)
        people = [(who, share) for who, share in each.typed if not is_bot(who.lstrip("@"))]
        signing.sign(feature=feature, typed=people, at=at)
