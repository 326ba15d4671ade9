"""A copy of one's data: asked for, made in the background, gone after a week."""

import json
import tempfile
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from community.members import personal
from community.members.models import DataDownload, Member

STAYS = timedelta(days=7)
MOST_A_DAY = 3
FOLDER = "downloads"


class TooOften(Exception):
    """As many copies were asked for within a day as one may."""


def ask(*, member: Member, at: datetime) -> DataDownload:
    """A copy that waits to be made; the one that waits already, if there is one.

    Raises TooOften.
    """
    try:
        with transaction.atomic():
            Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # counted one by one
            lately = member.downloads.filter(asked_at__gt=at - timedelta(days=1))
            if lately.count() >= MOST_A_DAY and not lately.waiting().exists():
                raise TooOften
            return DataDownload.objects.create(member=member, asked_at=at)
    except IntegrityError:
        return member.downloads.waiting().get()


def make(*, download_id: int, at: datetime) -> bool:
    """Make a copy that waits; False when somebody else has. Twice at once makes one."""
    download = DataDownload.objects.waiting().select_related("member").filter(pk=download_id)
    if not (row := download.first()):
        return False
    with tempfile.TemporaryFile() as file:
        _write(row, file)
        file.seek(0)
        name = default_storage.save(f"{FOLDER}/{uuid4().hex}.zip", File(file))
    made = DataDownload.objects.waiting().filter(pk=row.pk)
    if made.update(progress=100, made_at=at, expires_at=at + STAYS, file_name=name):
        return True
    default_storage.delete(name)
    return False


def make_waiting(*, at: datetime) -> int:
    """Make every copy that waits; how many."""
    waiting = DataDownload.objects.waiting().order_by("pk").values_list("pk", flat=True)
    return sum(make(download_id=pk, at=at) for pk in list(waiting))


def remove_expired(*, at: datetime) -> int:
    """Remove copies that are a week old, file first; how many."""
    expired = list(DataDownload.objects.filter(expires_at__lte=at))
    for download in expired:
        remove(download)
    return len(expired)


def remove(download: DataDownload) -> None:
    """Remove a copy; done twice it is gone once."""
    if download.file_name:
        default_storage.delete(download.file_name)
    download.delete()


def _write(download: DataDownload, file: Any) -> None:
    tables = personal.tables()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for done, table in enumerate(tables):
            _write_table(archive, table, download.member)
            _note(download, done * 90 // len(tables))
        for name, content in personal.files_of(download.member):
            archive.writestr(f"files/{name}", content)


def _write_table(archive: ZipFile, table: personal.Table, member: Member) -> None:
    """The member's rows as one JSON list, row by row; no file where there are none."""
    rows = table.exported(member)
    first = next(rows, None)
    if first is None:
        return
    with archive.open(f"{table.name}.json", "w", force_zip64=True) as out:
        out.write(b"[\n" + _encoded(first))
        for row in rows:
            out.write(b",\n" + _encoded(row))
        out.write(b"\n]\n")


def _encoded(row: dict[str, Any]) -> bytes:
    return json.dumps(row, cls=_Encoder, ensure_ascii=False).encode()


class _Encoder(DjangoJSONEncoder):
    def default(self, o: object) -> Any:
        """Bytes in hexadecimal; everything else as Django writes it."""
        return bytes(o).hex() if isinstance(o, bytes | memoryview) else super().default(o)


def _note(download: DataDownload, progress: int) -> None:
    DataDownload.objects.waiting().filter(pk=download.pk).update(progress=progress)
