"""Two builds side by side, and one area through the weeks."""

from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Build, Feature, Product
from feedback.reports.models import VoteReport
from tests.community.builds.making import make_member, make_product
from tests.community.members.making import queries_for
from tests.feedback.reports.making import make_report


@pytest.fixture(scope="module")
def made_weeks(made_product: Product) -> list[VoteReport]:
    return [make_report(made_product, weeks=n, version=f"1.{n}", ballots=120) for n in range(3)]


@pytest.fixture
def weeks(made_weeks: list[VoteReport], db: None) -> list[VoteReport]:
    return deepcopy(made_weeks)


def compared(reader: Client, first: str, second: str, query: str = "") -> str:
    answer = reader.get(reverse("reports:compare", args=[first, second]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_areas_stand_beside_each_other(reader: Client, weeks: list[VoteReport]) -> None:
    html = compared(reader, "1.2", "1.0")
    for report in (weeks[2], weeks[0]):
        for area in report.content["areas"]:
            assert f"{area['joy']['value']:.1f}" in html


def test_other_builds_are_offered(reader: Client, weeks: list[VoteReport]) -> None:
    html = compared(reader, weeks[2].build.slug, "1.1", "?family=Mi+5")
    assert f'href="{reverse("reports:compare", args=["1.2", "1.0"])}?family=Mi+5"' in html


@pytest.mark.usefixtures("weeks")
def test_a_segment_must_be_told_apart_in_both(reader: Client, weeks: list[VoteReport]) -> None:
    weeks[0].slices.filter(dimension="family", value="Mi 5").delete()
    address = reverse("reports:compare", args=["1.2", "1.0"])
    assert reader.get(address, {"family": "Mi 5"}).status_code == 404


def test_a_build_of_somebody_else_is_not_there(reader: Client, weeks: list[VoteReport]) -> None:
    other = make_report(make_product(managers=(make_member(),)), version="other", ballots=5)
    address = reverse("reports:compare", args=[weeks[0].build.slug, other.build.slug])
    assert reader.get(address).status_code == 404


def test_the_same_change_in_both_is_paired(reader: Client, product: Product) -> None:
    reports = [make_report(product, weeks=n, version=f"2.{n}", fingerprints=True) for n in (0, 1)]
    assert Feature.objects.filter(build=reports[0].build).exclude(fingerprint="").exists()
    assert "Changes that are in both" in compared(reader, "2.1", "2.0")


def test_it_costs_the_same_for_one_change_and_three(reader: Client, product: Product) -> None:
    asked = []
    for later, features in ((0, 1), (2, 3)):
        one, other = (
            make_report(product, weeks=n, ballots=12, features=features, fingerprints=True).build
            for n in (later, later + 1)
        )
        page = reverse("reports:compare", args=[other.slug, one.slug])
        asked.append(queries_for(reader, page))
    assert asked[1] == asked[0]


def area(reader: Client, name: str, **query: str) -> str:
    answer = reader.get(reverse("reports:area", args=[name]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_area_has_a_row_for_each_build(reader: Client, weeks: list[VoteReport]) -> None:
    html = area(reader, "Camera")
    rows = [html.index(f'<th scope="row"><a href="/reports/{r.build.slug}/"') for r in weeks[::-1]]
    assert rows == sorted(rows)
    assert html.count("too early to say") == 1


@pytest.mark.usefixtures("weeks")
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Nowhere", {}),
        ("Camera", {"product": "elsewhere"}),
        ("Camera", {"channel": Build.Channel.DAILY}),
    ],
)
def test_an_area_without_reports_is_not_there(
    reader: Client, name: str, query: dict[str, str]
) -> None:
    assert reader.get(reverse("reports:area", args=[name]), query).status_code == 404


def test_an_area_may_be_called_anything(reader: Client, product: Product) -> None:
    for name in ("Wi-Fi/Bluetooth", "compare/1", "短信 & MMS"):
        make_report(product, ballots=5, areas=(name,), weeks=len(name))
        assert area(reader, name, product=product.slug)


def test_an_area_nobody_named_has_no_chart(reader: Client, product: Product) -> None:
    make_report(product, ballots=0)
    assert "<polyline" not in area(reader, "Camera", product=product.slug)
