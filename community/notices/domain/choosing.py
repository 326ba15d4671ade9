"""What a member chooses: which kind on which channel, quiet hours, digests, no mail."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

from community.members.models import Member
from community.notices.domain.hours import next_digest
from community.notices.matrix import Cell, matrix_of
from community.notices.models import Channel, Choice, Rhythm
from community.notices.queries import zone_of


def choose(*, member: Member, wanted: Iterable[tuple[str, str]]) -> int:
    """Make the pairs (kind, channel) of the matrix those wanted; gives how many changed.

    What stays as it was is not written, so it goes on following the site's default.
    """
    chosen = set(wanted)
    changed = [
        _choice(member, cell, is_on=cell.pair in chosen)
        for row in matrix_of(member)
        for cell in row.cells
        if cell.can_change and cell.is_on != (cell.pair in chosen)
    ]
    _write(changed)
    return len(changed)


def switch_off(*, member: Member, kind: str, channel: str) -> None:
    """Not this kind on this channel any more, whatever else changes."""
    _write([Choice(member=member, kind=kind, channel=channel, is_on=False)])


def choose_rhythm(
    *,
    member: Member,
    wants_mail: bool,
    quiet_from: time | None,
    quiet_until: time | None,
    digest: str,
    digest_hour: int,
    at: datetime,
) -> Rhythm:
    """Set quiet hours and digest; the first digest tells of what comes from now on."""
    is_off = digest == Rhythm.Digest.OFF
    is_weekly = digest == Rhythm.Digest.WEEKLY
    due_at = None if is_off else _digest_after(member, at, digest_hour, is_weekly=is_weekly)
    with transaction.atomic():
        Rhythm.objects.get_or_create(member=member)
        rhythm = Rhythm.objects.select_for_update().get(member=member)
        rhythm.wants_mail = wants_mail
        rhythm.quiet_from, rhythm.quiet_until = quiet_from, quiet_until
        rhythm.digest, rhythm.digest_hour, rhythm.digest_at = digest, digest_hour, due_at
        rhythm.digested_at = None if is_off else rhythm.digested_at or at
        rhythm.save()
    return rhythm


def no_mail(*, member: Member) -> None:
    """Neither mails nor digests."""
    off: dict[str, object] = {"wants_mail": False, "digest": Rhythm.Digest.OFF, "digest_at": None}
    Rhythm.objects.update_or_create(member=member, defaults=off)


def _digest_after(member: Member, at: datetime, hour: int, *, is_weekly: bool) -> datetime:
    return next_digest(at, zone_of(member), hour, is_weekly=is_weekly)


def _choice(member: Member, cell: Cell, *, is_on: bool) -> Choice:
    return Choice(member=member, kind=cell.kind, channel=Channel(cell.channel), is_on=is_on)


def _write(choices: list[Choice]) -> None:
    Choice.objects.bulk_create(
        choices,
        update_conflicts=True,
        unique_fields=["member", "kind", "channel"],
        update_fields=["is_on"],
    )
