"""Files made in the background: asked for, taken up by one worker, told when ready, removed.

A row is *waiting* until it is made or has failed. A worker takes it for a while and renews that
with its progress; when it dies, the next one takes over with a file of its own.
"""

import logging
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from community.members.models import Member
from community.notices.domain import telling
from feedback.reports.domain.listing import Asked
from feedback.reports.models import ReportExport, ReportFile, VoteReport
from feedback.reports.models.export import ReportExportQuerySet

STAYS = timedelta(days=7)
FOLDER = "exports"
TAKEN_FOR = timedelta(minutes=5)
FIRST_RETRY = timedelta(minutes=1)
MOST_ATTEMPTS = 4
MOST_WAITING, MOST_SHOWN = 10, 30
PORTIONS_AT_A_TIME = 2000

logger = logging.getLogger(__name__)

# How many portions there will be (0: not worth telling), and the portions.
Written = tuple[int, Iterator[str | bytes]]
Write = Callable[[ReportExport], Written]


class TooManyWaiting(Exception):
    """As many files as one may ask for at a time are still to be made."""


class KeyReused(Exception):
    """The key was used for another file."""


class TakenOver(Exception):
    """Another worker makes the file by now."""


def ask(
    *,
    report: VoteReport,
    file: ReportFile,
    asked: Asked,
    by: Member,
    language: str,
    key: UUID,
    at: datetime,
) -> ReportExport:
    """A file that will be made; the one that was asked for already, if it is the same.

    Raises TooManyWaiting and KeyReused.
    """
    mine = ReportExport.objects.filter(asked_by=by)
    wanted: dict[str, Any] = {
        "report": report,
        "file": file,
        "part": asked.as_json(),
        "language": language,
    }
    try:
        with transaction.atomic():
            Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # counted one by one
            is_new = not mine.filter(submission_key=key).exists()
            if is_new and mine.waiting().count() >= MOST_WAITING:
                raise TooManyWaiting
            return mine.create(**wanted, asked_by=by, submission_key=key, asked_at=at)
    except IntegrityError:
        sent = mine.filter(submission_key=key).first()
        if sent is None:
            return mine.waiting().get(**wanted)
        if (sent.report_id, sent.file, sent.part) != (report.pk, file, wanted["part"]):
            raise KeyReused from None
        return sent


def make_waiting(*, write: Write, at: datetime) -> int:
    """Make every file that waits and that nobody is making; how many."""
    made = 0
    while export := _take(at):
        made += _made(export, write, at)
    return made


def _take(at: datetime) -> ReportExport | None:
    """The file that waits longest, for this worker alone; the remains of an attempt are removed."""
    with transaction.atomic():
        free = ReportExport.objects.waiting().filter(
            Q(taken_until=None) | Q(taken_until__lte=Now())
        )
        free.filter(attempts__gte=MOST_ATTEMPTS).update(failed_at=at)
        free = free.select_related("report__build__product", "asked_by").order_by("asked_at", "pk")
        export = free.select_for_update(skip_locked=True, of=("self",)).first()
        if export is None:
            return None
        left = export.file_name
        export.attempts += 1
        export.file_name = f"{FOLDER}/{uuid4().hex}"
        taken = {"attempts": export.attempts, "file_name": export.file_name, "rows_done": 0}
        ReportExport.objects.filter(pk=export.pk).update(**taken, taken_until=Now() + TAKEN_FOR)
    if left:
        default_storage.delete(left)
    return export


def _made(export: ReportExport, write: Write, at: datetime) -> bool:
    try:
        with tempfile.TemporaryFile() as file:
            _write(export, write, file)
            octets = file.tell()
            file.seek(0)
            default_storage.save(export.file_name, File(file))
        return _finish(export, octets, at)
    except TakenOver:
        default_storage.delete(export.file_name)
    except Exception:
        logger.exception("Export %s could not be made; trying again later.", export.pk)
        pause = FIRST_RETRY * 2 ** (export.attempts - 1)
        _ours(export).update(taken_until=Now() + pause)
    return False


def _write(export: ReportExport, write: Write, file: Any) -> None:
    """Portion by portion, noting now and then how far it is."""
    rows_all, portions = write(export)
    _note(export, rows_all=rows_all)
    for done, portion in enumerate(portions, start=1):
        file.write(portion.encode() if isinstance(portion, str) else portion)
        if done % PORTIONS_AT_A_TIME == 0:
            _note(export, rows_done=min(done, rows_all))


def _note(export: ReportExport, **progress: int) -> None:
    """Note the progress, which keeps the file ours for another while. Raises TakenOver."""
    if not _ours(export).update(**progress, taken_until=Now() + TAKEN_FOR):
        raise TakenOver


def _finish(export: ReportExport, octets: int, at: datetime) -> bool:
    """Make it known and tell who asked, both or neither. Raises TakenOver."""
    made = {"made_at": at, "expires_at": at + STAYS, "octets": octets}
    with transaction.atomic():
        if not _ours(export).update(**made, rows_done=F("rows_all")):
            raise TakenOver
        slug = export.report.build.slug
        telling.tell(
            kind="reports.export",
            members=[export.asked_by_id],
            about=f"export:{export.pk}",
            url=reverse("reports:exports", args=[slug]),
            words={"file": f"{slug}-{export.file}"},
            by=None,
            at=at,
        )
    return True


def _ours(export: ReportExport) -> ReportExportQuerySet:
    """The row, as long as nobody else has taken it over."""
    return ReportExport.objects.waiting().filter(pk=export.pk, attempts=export.attempts)


def remove_expired(*, at: datetime) -> int:
    """Remove files that are a week old, and what failed as long ago; how many."""
    old = Q(expires_at__lte=at) | Q(failed_at__lte=at - STAYS)
    expired = list(ReportExport.objects.filter(old))
    for export in expired:
        remove(export)
    return len(expired)


def remove(export: ReportExport) -> None:
    """Remove a file and its row; done twice it is gone once."""
    if export.file_name:
        default_storage.delete(export.file_name)
    export.delete()
