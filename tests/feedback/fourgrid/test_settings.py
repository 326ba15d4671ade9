"""What managers set of votes: tried, saved, and taken over by the builds that are not out."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from community.builds.domain import details, products, settings
from community.builds.models import Build, InstalledShare, Product, SettingsChange
from feedback.fourgrid.domain import installed_base, voting_rules
from feedback.fourgrid.sections import ELIGIBILITY, INSTALLED_BASE
from tests.community.builds.making import (
    AWARD,
    State,
    make_build,
    make_draft,
    make_member,
    make_product,
)

pytestmark = pytest.mark.django_db
BASE = {"Mi 4": "0.4000", "Mi 5": "0.6000"}


@pytest.fixture
def product() -> Product:
    return make_product("phone", managers=(make_member("manager"),))


@pytest.fixture
def client(product: Product) -> Client:
    client = Client()
    client.force_login(product.managers.get())
    return client


def rows(*shares: tuple[str, str], do: str = "save", version: int = 0) -> dict[str, Any]:
    sent: dict[str, Any] = {"rows-TOTAL_FORMS": len(shares), "rows-INITIAL_FORMS": 0}
    for place, (family, share) in enumerate(shares):
        sent |= {f"rows-{place}-family": family, f"rows-{place}-share": share}
    return sent | {"do": do, "version": version}


PAGE = "/studio/products/phone/installed-base/"
TYPED = (("Mi 5", "60"), ("Mi 4", "40"))


def test_shares_are_typed_and_saved(client: Client, product: Product) -> None:
    html = client.post(PAGE, rows(*TYPED), follow=True).text
    assert "In force from the next build on" in html
    assert installed(product) == BASE
    change = SettingsChange.objects.get()
    assert (change.before, change.after, change.changed_by) == (
        {"shares": {}},
        {"shares": BASE},
        product.managers.get(),
    )


def installed(product: Product) -> dict[str, str]:
    shares: dict[str, str] = INSTALLED_BASE.read(product)["shares"]
    return shares


def test_lines_are_read_into_the_table_and_nothing_is_saved(client: Client) -> None:
    html = client.post(PAGE, rows(do="read") | {"csv": "Mi 5;60%\nMi 4;40%"}).text
    assert 'value="Mi 5"' in html
    assert 'value="60"' in html
    html = client.post(PAGE, rows(do="read") | {"csv": "Mi 5;60%\nMi 4;many"}).text
    assert "“many” is no number" in html
    assert "Nothing was taken over" in html
    assert not SettingsChange.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([("Mi 5", "60"), ("Mi 4", "30")], "sum to 90 %"),
        ([("Mi 5", "60"), ("Mi 5", "40")], "in the table twice"),
        ([("Mi 5", "160")], "less than or equal to 100"),
    ],
)
def test_shares_that_make_no_whole_are_not_saved(
    client: Client, product: Product, typed: list[tuple[str, str]], sentence: str
) -> None:
    assert sentence in client.post(PAGE, rows(*typed)).text
    assert installed(product) == {}


def test_the_second_of_two_managers_is_told_and_loses_nothing(
    client: Client, product: Product
) -> None:
    client.post(PAGE, rows(*TYPED))
    html = client.post(PAGE, rows(("Mi 5", "55"), ("Mi 4", "45"))).text
    assert "Somebody changed these settings meanwhile" in html
    assert 'value="55"' in html
    assert 'name="version" value="1"' in html
    assert installed(product) == BASE


def test_one_goes_back_to_what_was_before(client: Client, product: Product) -> None:
    client.post(PAGE, rows(*TYPED))
    client.post(PAGE, rows(("Mi 5", "100"), version=1))
    html = client.get(f"{PAGE}?version=1").text
    assert 'value="60"' in html
    assert "The form holds what version 1 said" in html
    assert 'name="version" value="2"' in html
    assert client.get(f"{PAGE}?version=7").status_code == 404


def test_programs_change_them_upon_what_they_read(product: Product) -> None:
    caller, address = APIClient(), "/api/v1/products/phone/installed-base/"
    caller.force_authenticate(product.managers.get())
    tag = caller.get(address).headers["ETag"]
    sent = {"shares": {"Mi 5": 0.6, "Mi 4": 0.4}}
    for _again in range(2):
        answer = caller.put(address, sent, format="json", headers={"If-Match": tag})
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    other = caller.put(address, {"shares": {}}, format="json", headers={"If-Match": tag})
    assert (other.status_code, other.data["code"]) == (412, "changed_elsewhere")
    assert caller.put(address, sent, format="json").status_code == 428
    wrong = caller.put(
        address, {"shares": {"Mi 5": 0.5}}, format="json", headers={"If-Match": '"1"'}
    )
    assert wrong.status_code == 400
    assert installed(product) == BASE
    changes = caller.get("/api/v1/products/phone/changes/").data["results"]
    assert [(row["version"], row["changed_by"]) for row in changes] == [(1, "manager")]


def test_a_build_takes_the_shares_of_its_opening_and_keeps_them(product: Product) -> None:
    products.set_devices(product=product, shares=installed_base.given({"shares": BASE}))
    build = make_build(product=product)
    products.set_devices(product=product, shares={"Mi 5": None})
    shares = InstalledShare.objects.filter(build=build).values_list("family", "share")
    assert {family: str(share) for family, share in shares} == BASE


def set_rules(product: Product, **rules: bool) -> None:
    stands = settings.standing(product, ELIGIBILITY)
    settings.change(
        product=product,
        section=ELIGIBILITY,
        values=stands.values | rules,
        seen=stands.version,
        by=make_member(),
        at=AWARD,
    )


def test_rules_reach_builds_that_are_not_out_unless_they_have_their_own(product: Product) -> None:
    out = make_build(product=product)
    plain = make_draft(product)
    own = make_draft(product)
    details.edit_vote_rules(
        build_id=own.pk,
        result_rule="after_voting",
        requires_verified_install=True,
        requires_older_account=False,
    )
    set_rules(product, requires_older_account=True)
    rules = Build.objects.values_list("requires_older_account", "requires_verified_install")
    assert {build.pk: rules.get(pk=build.pk) for build in (out, plain, own)} == {
        out.pk: (False, False),
        plain.pk: (True, False),
        own.pk: (False, True),
    }


def test_a_manager_tries_who_may_vote_and_saves_it(client: Client, product: Product) -> None:
    page, typed = "/studio/products/phone/eligibility/", {"requires_older_account": "on"}
    make_build(product=product)
    tried = client.post(page, typed | {"do": "preview", "version": 0}).text
    assert "Builds given other rules keep those." in tried
    assert not SettingsChange.objects.exists()
    client.post(page, typed | {"do": "save", "version": 0})
    assert voting_rules.read(Product.objects.get()) == {
        "requires_verified_install": False,
        "requires_older_account": True,
    }


def test_everybody_else_finds_nothing(product: Product) -> None:
    make_build(State.DRAFT, product)
    stranger = Client()
    stranger.force_login(make_member())
    for address in (PAGE, "/api/v1/products/phone/eligibility/"):
        assert stranger.get(address).status_code == 404
