"""What lies between an award's file and the reader's disk: caches and broken-off downloads."""

import pytest
from django.test import Client

from awards.popcorn.models import Award

pytestmark = pytest.mark.django_db


def test_only_an_address_that_names_the_revision_is_kept_for_good(
    awarded: Award, client: Client
) -> None:
    address = f"/api/v1/builds/{awarded.build.slug}/award/bundle"
    newest, first = client.get(address), client.get(address, {"revision": "1"})
    assert "immutable" not in newest["Cache-Control"]
    assert "immutable" in first["Cache-Control"]


def test_a_part_behind_the_end_is_a_problem(awarded: Award, client: Client) -> None:
    address = f"/api/v1/builds/{awarded.build.slug}/award/bundle"
    answer = client.get(address, headers={"Range": "bytes=999999999-"})
    assert (answer.status_code, answer["Content-Type"]) == (416, "application/problem+json")


def test_a_revision_no_award_can_have_is_not_found(awarded: Award, client: Client) -> None:
    address = f"/api/v1/builds/{awarded.build.slug}/award"
    assert client.get(address, {"revision": "9" * 5000}).status_code == 404
