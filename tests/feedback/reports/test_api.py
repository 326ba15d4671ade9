"""GET /api/v1/builds/{version}/report."""

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from community.builds.models import Product
from community.members.domain.tokens import create_token
from community.members.models import ApiToken, Member
from feedback.reports.domain import refresh
from feedback.reports.domain.themes import correcting
from feedback.reports.models import VoteReport
from tests.community.builds.making import DAY, HOUR, PUBLISH
from tests.feedback.reports.making import FROZEN, open_build, put, random_votes

ADDRESS = "/api/v1/builds/6.11.20/report"


def test_the_address() -> None:
    assert reverse("api_report", args=["6.11.20"]) == ADDRESS


def test_the_document_is_the_stored_report(reader: Client, report: VoteReport) -> None:
    document = reader.get(ADDRESS).json()
    assert document["report"] == report.content
    assert (document["build"], document["product"]) == ("6.11.20", "phone")
    assert (document["is_provisional"], document["segment"]) == (False, None)
    sizes = {size["value"]: size["ballots"] for size in document["segments"]["family"]}
    assert sizes == dict(report.slices.filter(dimension="family").values_list("value", "ballots"))


def test_a_segment(reader: Client, report: VoteReport) -> None:
    document = reader.get(ADDRESS, {"family": "Mi 5"}).json()
    assert document["segment"] == {"family": "Mi 5"}
    assert document["report"] == report.slices.get(dimension="family", value="Mi 5").content


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize("query", [{"family": "Nexus"}, {"level": "x"}, {"region": "'"}])
def test_a_segment_not_told_apart_is_a_404(reader: Client, query: dict[str, str]) -> None:
    answer = reader.get(ADDRESS, query)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("report")
def test_what_is_known_is_not_sent_again(reader: Client) -> None:
    first = reader.get(ADDRESS)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = reader.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = reader.get(ADDRESS, {"level": "1"}, headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_themes_stand_in_the_document_as_managers_put_them_right(
    reader: Client, report: VoteReport, manager: Member
) -> None:
    first = reader.get(ADDRESS)
    told = first.json()["themes"]
    listed = reader.get(f"{ADDRESS}/themes").json()
    assert [(each["theme"], each["quotes"]) for each in told] == [
        (each["id"], each["quotes"]) for each in listed
    ]
    theme = report.themes.get(pk=told[0]["theme"])
    correcting.rename(theme=theme, name="Names of files", by=manager, at=FROZEN)
    known = {"If-None-Match": first.headers["ETag"]}
    again = reader.get(ADDRESS, headers=known)
    assert (again.status_code, again.json()["themes"][0]["name"]) == (200, "Names of files")


def test_a_live_report_is_provisional(reader: Client, product: Product) -> None:
    build = open_build(product, version="6.11.21")
    put(random_votes(build, 20))
    address = ADDRESS.replace("6.11.20", build.slug)
    assert reader.get(address).status_code == 404
    refresh(build_id=build.pk, at=PUBLISH + HOUR)
    document = reader.get(address).json()
    assert (document["is_provisional"], document["segments"]) == (True, {})


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize(
    ("scope", "status"), [(ApiToken.Scope.READ, 200), (ApiToken.Scope.BALLOTS, 403)]
)
def test_a_token_needs_the_scope_to_read(manager: Member, scope: str, status: int) -> None:
    now = timezone.now()
    _, key = create_token(member=manager, name="CI", scopes=[scope], expires_at=now + DAY, at=now)
    answer = APIClient().get(ADDRESS, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == status


def test_the_document_has_the_shape_that_is_promised(reader: Client, report: VoteReport) -> None:
    schema = SchemaGenerator().get_schema(public=True)
    operation = schema["paths"]["/api/v1/builds/{version}/report"]["get"]
    shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
    for query in ({}, {"level": "1"}):
        jsonschema.validate(reader.get(ADDRESS, query).json(), shape)
    assert set(shape["required"]) == set(reader.get(ADDRESS).json())
