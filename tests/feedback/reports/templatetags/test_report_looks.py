"""The words in the rows of a report."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import override

from feedback.reports.templatetags.report_looks import as_hours, shortened

FIRST = datetime(2026, 11, 20, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "form"), [("en", "D j M H:i"), ("zh-hans", "n月j日 l H:i"), ("en", "H:i, j M")]
)
def test_hours_are_said_as_dates_are(language: str, form: str) -> None:
    hours = [(FIRST + timedelta(hours=n), n) for n in range(3)]
    with override(language):
        said = [it.said for it, _look in as_hours(hours, form)]
        assert said == [date_format(at, form) for at, _ in hours]


@pytest.mark.parametrize(
    "text", ["short", "exactly 12 c", "more than 12 c", "e\u0301" * 12, "相机" * 9]
)
def test_texts_are_shortened_as_everywhere(text: str) -> None:
    assert shortened(text, 12) == Truncator(text).chars(12)
