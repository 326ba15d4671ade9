"""The periodic task finds what is due by itself."""

import pytest

from feedback.reports.models import VoteReport
from feedback.reports.tasks import store_due
from tests.feedback.reports.making import close, open_build, put, random_votes


@pytest.mark.django_db
def test_a_tallied_build_gets_its_report_once() -> None:
    build = open_build()
    put(random_votes(build, 10))
    close(build)
    store_due()
    store_due()
    assert VoteReport.objects.get().build == build
