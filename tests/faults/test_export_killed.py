"""A worker is killed while it makes a file in the background: there is one, whole, told of once."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import override_settings
from django.utils import timezone

from feedback.reports.domain import background
from feedback.reports.domain.listing import Asked
from feedback.reports.models import ReportExport, ReportFile
from feedback.reports.tasks import make_exports
from tests.faults import checker, defences, post, victim
from tests.faults.checker import Damage
from tests.faults.world import make_members, make_product, make_report

# Without the workbook, which says when it was made: the others are the same each time.
FILES = [ReportFile.BALLOTS, ReportFile.DOCUMENT, ReportFile.FEATURES, ReportFile.PDF]
CONTROLS = 5


@pytest.fixture(scope="module")
def report(site):
    product = make_product()
    product.managers.set(make_members(1))
    return make_report(product)


@pytest.fixture
def folder(tmp_path):
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield tmp_path / background.FOLDER


@pytest.fixture
def disturb(site, report, folder, chance):
    """Kills who makes a file; when its time is over another does. Gives the damage found."""

    def run(act=make_exports, *, before_end=0):
        export = background.ask(
            report=report,
            file=chance.choice(FILES),
            asked=Asked(),
            by=report.build.product.managers.get(),
            language="en",
            key=uuid4(),
            at=timezone.now(),
        )
        course = victim.measure(make_exports)
        (undisturbed,) = folder.iterdir()
        whole = undisturbed.read_bytes()
        undisturbed.unlink()
        victim.break_off(site, act, course, chance=chance, before_end=before_end)
        ReportExport.objects.waiting().update(taken_until=timezone.now() - timedelta(hours=1))
        make_exports()
        with site.connect() as database:
            found = checker.made(database, export.pk) + checker.at_rest(database)
        kept = {file.name: file.read_bytes() for file in folder.iterdir()}
        export.refresh_from_db()
        background.remove(export)
        post.empty(folder)
        name = export.file_name.rpartition("/")[2]
        return [
            *found,
            *([] if kept.pop(name, None) == whole else [Damage("not whole", name)]),
            *(Damage("left over", other) for other in kept),
        ]

    return run


def test_export_killed(disturb, figures, turn):
    assert disturb() == []
    figures.update(rounds=1)


def test_control_made_and_told_without_a_transaction(disturb, figures):
    def make():
        with defences.without_transactions():
            make_exports()

    for number in range(1, CONTROLS + 1):
        figures.update({found.what: 1 for found in disturb(make, before_end=number)})
    assert figures["made"]  # and never told


def test_control_without_removing_what_an_attempt_left(disturb, figures):
    with patch.object(FileSystemStorage, "delete", lambda self, name: None):
        for number in range(1, CONTROLS + 1):
            figures.update({found.what: 1 for found in disturb(before_end=number)})
    assert figures["left over"]
