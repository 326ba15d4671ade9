"""To be forgotten: asked for, undone within a week, then done for good.

The row of the member stays, emptied: ballots, the ledger and what else is counted lead to it, and
from there to nobody. Whatever named the person is gone.
"""

import secrets
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Model

from community.members import personal
from community.members.domain import downloads
from community.members.models import Audience, Device, Erasure, Member

TIME_TO_UNDO = timedelta(days=7)


def ask(*, member: Member, keeps_words: bool, at: datetime) -> Erasure:
    """Begin the week after which the member is forgotten; asked again it begins anew."""
    erasure, _is_new = Erasure.objects.update_or_create(
        member=member,
        defaults={"asked_at": at, "due_at": at + TIME_TO_UNDO, "keeps_words": keeps_words},
    )
    return erasure


def undo(*, member: Member) -> bool:
    """Stay after all; False when there is nothing to undo."""
    _count, rows = Erasure.objects.filter(member=member, done_at=None).delete()
    return bool(rows)


def erase_due(*, at: datetime) -> int:
    """Forget everybody whose week is over; how many. Safe to run twice, at any time."""
    due = Erasure.objects.due(at).order_by("due_at", "pk").values_list("pk", flat=True)
    return sum(_erase(pk, at) for pk in list(due))


@transaction.atomic
def _erase(erasure_id: int, at: datetime) -> bool:
    waiting = Erasure.objects.select_for_update(skip_locked=True).due(at)
    erasure = waiting.filter(pk=erasure_id, member__isnull=False).first()
    if erasure is None:  # undone, or somebody else does it
        return False
    member = Member.objects.select_for_update().get(erasure=erasure)
    for eraser in personal.erasers():
        eraser(member, erasure.keeps_words, at)
    _end_sessions(member)
    for download in member.downloads.all():
        downloads.remove(download)
    _empty_devices(member)
    for table in personal.tables():
        _erase_rows(table, member)
    _empty(member)
    erasure.member, erasure.done_at = None, at
    erasure.save(update_fields=["member", "done_at"])
    return True


def _erase_rows(table: personal.Table, member: Member) -> None:
    """A member's own rows as the map says; other fields that name them as the table says."""
    column = table.own.partition("=")[0]
    if table.erased == "deleted":
        table.rows_of(member).delete()
    elif table.erased == "unnamed":
        table.rows_of(member).update(**{column: None})
    for field in named_in(table.model):
        if field.name == column:
            continue
        rows = table.model._base_manager.filter(**{field.name: member.pk})
        if field.remote_field.on_delete is models.CASCADE:
            rows.delete()
        elif field.remote_field.on_delete is models.SET_NULL:
            rows.update(**{field.name: None})


def named_in(model: type[Model]) -> list[models.ForeignKey[Member, Member]]:
    """The fields of a table that name a member."""
    fields = model._meta.concrete_fields
    return [
        field
        for field in fields
        if isinstance(field, models.ForeignKey) and field.related_model is Member
    ]


def _end_sessions(member: Member) -> None:
    keys = UserSession.objects.filter(user=member).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()


def _empty_devices(member: Member) -> None:
    """Keep that a device had a build: ballots were verified by it. Nothing signs with it again."""
    for device in member.devices.all():
        Device.objects.filter(pk=device.pk).update(label="", public_key=secrets.token_bytes(32))


def _empty(member: Member) -> None:
    """Leave of the account what names nobody."""
    name = f"left-{secrets.token_hex(5)}"
    member.username = name
    member.take_name(name)
    member.set_unusable_password()  # sessions that nobody listed end with it
    member.email = member.region = member.about = member.photo = ""
    member.take_signature("")
    member.language = member.time_zone = member.suspension_reason = ""
    member.region_seen_by = member.devices_seen_by = member.activity_seen_by = Audience.NOBODY
    member.written_to_by = Audience.NOBODY
    member.is_active = member.is_staff = member.is_superuser = member.is_ranked = False
    member.suspended_until = member.last_login = None
    member.save()
