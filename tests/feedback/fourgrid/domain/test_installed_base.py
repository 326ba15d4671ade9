"""An installed base, typed or read from lines."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from community.builds.domain.refusals import Invalid
from community.builds.models import ProductDevice
from feedback.fourgrid.domain import installed_base, reading_base
from feedback.fourgrid.domain.reading_base import read_csv
from tests.community.builds.making import make_product


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_rounded_shares_are_evened_to_a_whole(parts: list[int]) -> None:
    rounded = {str(n): round(Decimal(part) / sum(parts), 4) for n, part in enumerate(parts)}
    even = installed_base.evened(rounded)
    assert sum(share for share in even.values() if share is not None) == 1
    assert all(share is not None and share >= 0 for share in even.values())


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ({"a": "0.5", "b": "0.498"}, "sum to 99.8 %"),
        ({"a": "0.5", "b": None}, "or none"),
        ({"a": "1.5", "b": "-0.5"}, "between 0 and 100"),
        ({" ": "1"}, "1 to 40 characters"),
        ({"x" * 41: "1"}, "1 to 40 characters"),
        ({str(n): None for n in range(61)}, "At most 60 families"),
    ],
)
def test_what_is_no_whole_is_refused(shares: dict[str, str | None], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        installed_base.evened(
            {name: None if share is None else Decimal(share) for name, share in shares.items()}
        )


@pytest.mark.parametrize(
    "text",
    [
        "family,share\nMi 5,60%\nMi 4,40%\n",
        "Mi 5;0.6\n\nMi 4;0.4",
        "机型\t占比\nMi 5\t60,0\nMi 4\t40,0\n",
        'Mi 5,60\r\n"Mi 4",４０％\r\n',
    ],
)
def test_lines_are_read_however_they_are_written(text: str) -> None:
    reading = read_csv(text)
    assert reading.is_understood
    assert reading.shares == {"Mi 5": Decimal("0.6"), "Mi 4": Decimal("0.4")}


def test_a_decimal_comma_is_no_separator_between_semicolons() -> None:
    assert read_csv("Mi 5;59,5\nMi 4;40,5").shares["Mi 5"] == Decimal("0.595")


def test_each_line_that_is_refused_says_why() -> None:
    reading = read_csv("family,share\nMi 5,60\nMi 5,40\nMi 4\n,3\nMi 3,NaN\nMi 2,120\nMi 1,1,2\n")
    assert not reading.is_understood
    assert [line.problem[:12] for line in reading.lines] == [
        "",
        "",
        "“Mi 5” stand",
        "There is no ",
        "There is no ",
        "“NaN” is no ",
        "A share lies",
        "More than a ",
    ]


@given(st.text(alphabet='Mi5,;\t\n"%.40-eE٣ ', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for line in read_csv(text).lines:
        assert line.problem or line.share is None or 0 <= line.share <= 1


def test_files_of_spreadsheets_are_decoded() -> None:
    assert reading_base.decoded("机型,1".encode("gb18030")) == "机型,1"
    assert reading_base.decoded(b"\xef\xbb\xbfMi 5,1") == "Mi 5,1"
    with pytest.raises(Invalid, match="not text"):
        reading_base.decoded(b"\xff\xff\xff")
    with pytest.raises(Invalid, match="larger than any list"):
        reading_base.decoded(bytes(reading_base.MOST_BYTES + 1))


@pytest.mark.django_db
def test_the_database_wants_a_whole_too() -> None:
    product = make_product()
    ProductDevice.objects.create(product=product, family="Mi 5", share="0.6")
    with pytest.raises(IntegrityError, match="sum to 1"), transaction.atomic():
        connection.check_constraints()
    product.devices.all().delete()
