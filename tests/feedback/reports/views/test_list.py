"""The list of reports."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Product
from tests.feedback.reports.making import make_report


def test_the_list_marks_what_is_unread(reader: Client, product: Product) -> None:
    build = make_report(product, ballots=5).build

    def listed() -> str:
        return reader.get(reverse("reports:list")).content.decode()

    assert ">unread<" in listed()
    reader.post(reverse("reports:mark_read", args=[build.slug]))
    assert ">unread<" not in listed()


def test_the_list_has_the_latest_first(reader: Client, product: Product) -> None:
    slugs = [make_report(product, weeks=weeks, ballots=5).build.slug for weeks in range(2)]
    html = reader.get(reverse("reports:list")).content.decode()
    assert re.findall(r'/reports/(6[^/]+)/"', html) == slugs[::-1]


@pytest.mark.usefixtures("product")
def test_an_empty_list_says_what_will_come(reader: Client) -> None:
    assert "No report yet" in reader.get(reverse("reports:list")).content.decode()
