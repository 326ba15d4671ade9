"""Files made in the background: once for each wish, by one worker, for their owner alone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from community.members.models import Member
from community.notices.models import Notice
from feedback.reports.domain import background
from feedback.reports.domain.listing import Asked
from feedback.reports.models import Dimension, ReportExport, ReportFile, VoteReport
from feedback.reports.personal import erase
from feedback.reports.queries import Segment
from feedback.reports.tasks import make_exports
from tests.community.builds.making import AWARD

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Killed(BaseException):
    """The worker is gone."""


@pytest.fixture(autouse=True)
def _storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def ask(report: VoteReport, by: Member, key: UUID | None = None, **part: Any) -> ReportExport:
    return background.ask(
        report=report,
        file=part.pop("file", ReportFile.BALLOTS),
        asked=Asked(**part),
        by=by,
        language="en",
        key=key or uuid4(),
        at=AWARD,
    )


def content(export: ReportExport) -> bytes:
    export.refresh_from_db()
    with default_storage.open(export.file_name) as file:
        return bytes(file.read())


def files_kept() -> list[str]:
    return default_storage.listdir(background.FOLDER)[1]


def free() -> None:
    """The time a worker may take is over."""
    ReportExport.objects.update(taken_until=timezone.now() - DAY)


def test_made_told_and_removed(report: VoteReport, manager: Member) -> None:
    segment = Segment(Dimension.LEVEL, "1")
    export = ask(report, manager, segment=segment, comment="any")
    make_exports()
    rows = content(export).decode("utf-8-sig").splitlines()
    assert (export.state, export.rows_done, export.octets) == (
        ReportExport.State.READY,
        export.rows_all,
        len(content(export)),
    )
    assert "1" in {row.split(",")[14] for row in rows[1:2]} or len(rows) == 1
    assert str(Notice.objects.get(member=manager)) == "6.11.20-ballots.csv is ready"
    assert export.expires_at
    assert background.remove_expired(at=export.expires_at) == 1
    assert (ReportExport.objects.count(), files_kept()) == (0, [])


def test_a_double_click_and_a_second_wish_are_one(report: VoteReport, manager: Member) -> None:
    key = uuid4()
    first = ask(report, manager, key)
    assert ask(report, manager, key) == ask(report, manager) == first
    make_exports()
    assert ask(report, manager, key) == first
    assert ask(report, manager) != first
    with pytest.raises(background.KeyReused):
        ask(report, manager, key, mood="sad")


def test_only_so_many_wait(report: VoteReport, manager: Member) -> None:
    for feature in range(background.MOST_WAITING):
        ask(report, manager, feature=feature + 1)
    with pytest.raises(background.TooManyWaiting):
        ask(report, manager)


def dying(export: ReportExport) -> background.Written:
    def portions() -> Iterator[str]:
        yield "half"
        raise Killed

    return 2, portions()


def test_a_killed_worker_leaves_no_double(report: VoteReport, manager: Member) -> None:
    export = ask(report, manager)
    with pytest.raises(Killed):
        background.make_waiting(write=dying, at=AWARD)
    assert background.make_waiting(write=dying, at=AWARD) == 0  # still taken
    free()
    make_exports()
    make_exports()
    assert content(export).startswith(b"\xef\xbb\xbfballot")
    assert (len(files_kept()), Notice.objects.count(), export.attempts) == (1, 1, 2)


def test_who_was_taken_over_changes_nothing(report: VoteReport, manager: Member) -> None:
    export = ask(report, manager)

    def slow(taken: ReportExport) -> background.Written:
        def portions() -> Iterator[str]:
            free()
            make_exports()  # another worker takes over and is done first
            yield "late"

        return 0, portions()

    assert background.make_waiting(write=slow, at=AWARD) == 0
    assert b"late" not in content(export)
    assert (len(files_kept()), Notice.objects.count()) == (1, 1)


def test_what_cannot_be_made_fails_in_the_end(report: VoteReport, manager: Member) -> None:
    export = ask(report, manager)

    def broken(export: ReportExport) -> background.Written:
        raise OSError

    for _attempt in range(background.MOST_ATTEMPTS + 1):
        background.make_waiting(write=broken, at=AWARD)
        free()
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ReportExport.State.FAILED, background.MOST_ATTEMPTS)
    assert background.remove_expired(at=AWARD + background.STAYS) == 1


def test_files_go_with_who_leaves(report: VoteReport, manager: Member) -> None:
    ask(report, manager)
    make_exports()
    erase(manager, keeps_words=True, at=AWARD)
    assert (ReportExport.objects.count(), files_kept()) == (0, [])
