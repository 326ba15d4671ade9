"""An address with a NUL is refused before anything looks for it."""

import pytest
from django.test import Client


@pytest.mark.parametrize("address", ["/builds/%00/", "/engineers/?q=a%00b"])
def test_pages_say_that_the_address_makes_no_sense(address: str, client: Client) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.templates[0].name) == (400, "400.html")


@pytest.mark.parametrize("address", ["/api/v1/builds/%00/", "/api/v1/proposals/?area=%00"])
def test_the_api_answers_with_a_problem(address: str, client: Client) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_address")
    assert answer["Content-Type"] == "application/problem+json"


def test_the_ballots_short_road_takes_no_part_of_an_address(client: Client) -> None:
    assert client.put("/api/v1/builds/1%00/ballot").status_code == 400
