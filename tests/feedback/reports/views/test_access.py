"""Who may read what of vote reports: the product's managers, nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Build, Product
from community.members.models import Member
from feedback.reports.models import VoteReport
from tests.community.builds.making import make_engineer, make_member, make_product
from tests.feedback.reports.making import open_build

PAGES = {
    "reports:detail": [],
    "reports:ballots": [],
    "reports:themes": [],
    "reports:compare": ["6.11.20"],
    "reports:features_csv": [],
    "reports:ballots_csv": [],
    "reports:report_xlsx": [],
    "reports:report_json": [],
}


def addresses(slug: str) -> list[str]:
    pages = [reverse(name, args=[slug, *more]) for name, more in PAGES.items()]
    return [*pages, reverse("api_report", args=[slug])]


def of(kind: str, report: VoteReport) -> Member:
    """Somebody of that kind."""
    match kind:
        case "manager of the product":
            return report.build.product.managers.get()
        case "admin":
            return make_member(is_superuser=True)
        case "manager of another product":
            member = make_member(is_staff=True)
            make_product(managers=(member,))
            return member
        case "engineer of the build":
            member = make_member(is_staff=True)
            make_engineer("林浩", member=member)
            return member
        case _:
            return make_member()


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("manager of the product", 200),
        ("admin", 200),
        ("manager of another product", 404),
        ("engineer of the build", 404),
        ("member", 404),
    ],
)
def test_only_managers_of_the_product_read(
    client: Client, report: VoteReport, kind: str, status: int
) -> None:
    client.force_login(of(kind, report))
    answers = {address: client.get(address) for address in addresses(report.build.slug)}
    assert {each: answer.status_code for each, answer in answers.items()} == dict.fromkeys(
        answers, status
    )


def test_visitors_sign_in_first_and_cannot_tell_which_reports_there_are(
    client: Client, report: VoteReport
) -> None:
    for there, missing in zip(addresses(report.build.slug), addresses("missing"), strict=True):
        assert client.get(there).status_code in {302, 401}
        assert client.get(there).status_code == client.get(missing).status_code


def test_a_draft_has_no_report(reader: Client, report: VoteReport) -> None:
    draft = Build.objects.create(
        product=report.build.product,
        number=900,
        version="7",
        slug="7",
        created_at=report.computed_at,
    )
    for address in addresses(draft.slug):
        assert reader.get(address).status_code == 404


def test_without_a_report_there_is_nothing_but_its_page(reader: Client, product: Product) -> None:
    build = open_build(product, version="6.11.20")
    found = [reader.get(address).status_code for address in addresses(build.slug)]
    assert found == [200, *[404] * (len(found) - 1)]


@pytest.mark.django_db
def test_the_list_is_for_managers(client: Client) -> None:
    client.force_login(make_member())
    assert client.get(reverse("reports:list")).status_code == 404


def test_areas_are_those_of_own_products(client: Client, report: VoteReport) -> None:
    client.force_login(of("manager of another product", report))
    address = reverse("reports:area", args=["Camera"])
    assert client.get(address, {"product": "phone"}).status_code == 404
    assert client.get(address).status_code == 404


def test_reading_is_marked_by_post_alone(reader: Client, report: VoteReport) -> None:
    assert reader.get(reverse("reports:mark_read", args=[report.build.slug])).status_code == 405


def test_others_cannot_mark_it_read(client: Client, report: VoteReport) -> None:
    client.force_login(make_member())
    answer = client.post(reverse("reports:mark_read", args=[report.build.slug]))
    assert answer.status_code == 404
    assert not report.readings.exists()
