"""A product's settings, claims and merges."""

import pytest
from django.test import Client

from community.builds.domain import claims, engineers
from community.builds.domain.calendar import WEEK
from community.builds.models import Engineer, EngineerClaim, Product, ProductDevice
from tests.community.builds.making import DRAFTED, make_build, make_engineer, make_member

pytestmark = pytest.mark.django_db
ADDRESS = "/studio/products/phone/"
SETTINGS = {
    "form": "settings",
    "name": "Telephone",
    "tagline": "",
    "time_zone": "Europe/Berlin",
    "requires_older_account": "on",
}


def send(client: Client, address: str, **data: object) -> str:
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def calendar(**changed: tuple[object, object]) -> dict[str, object]:
    rows = {"form": "calendar", "week-TOTAL_FORMS": len(WEEK), "week-INITIAL_FORMS": len(WEEK)}
    for place, (edge, rule) in enumerate({**WEEK, **changed}.items()):
        days, clock = rule
        rows |= {
            f"week-{place}-edge": edge,
            f"week-{place}-days": days,
            f"week-{place}-clock": clock,
        }
    return rows


def devices(*rows: tuple[str, str]) -> dict[str, object]:
    sent = {"form": "devices", "devices-TOTAL_FORMS": len(rows), "devices-INITIAL_FORMS": 0}
    for place, (family, share) in enumerate(rows):
        sent |= {f"devices-{place}-family": family, f"devices-{place}-share": share}
    return sent


def test_settings_are_saved(manager, product):
    assert "Saved." in send(manager, ADDRESS, **SETTINGS)
    product.refresh_from_db()
    assert (product.name, product.time_zone) == ("Telephone", "Europe/Berlin")
    assert (product.requires_older_account, product.requires_verified_install) == (True, False)
    assert "Telephone" in manager.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "This field is required"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_settings_that_make_no_sense_change_nothing(manager, product, changed, sentence):
    html = send(manager, ADDRESS, **SETTINGS | changed)
    assert sentence in html
    assert "<h1>Phone</h1>" in html
    product.refresh_from_db()
    assert product.time_zone == "Asia/Shanghai"


def test_a_calendar_keeps_only_what_differs(manager, product):
    send(manager, ADDRESS, **calendar(publish=(0, "16:30")))
    product.refresh_from_db()
    assert product.calendar == {"publish": [0, "16:30"]}
    send(manager, ADDRESS, **calendar())
    product.refresh_from_db()
    assert product.calendar == {}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"publish": (0, "25:00")}, "Write a time like 17:00"),
        ({"publish": (99, "17:00")}, "less than or equal to 60"),
        ({"publish": (9, "17:00")}, "“ballots open” has to come after “build goes out”"),
    ],
)
def test_a_calendar_that_makes_no_week_is_refused(manager, product, changed, sentence):
    assert sentence in send(manager, ADDRESS, **calendar(**changed))
    product.refresh_from_db()
    assert product.calendar == {}


def test_devices_are_listed_with_their_shares(manager, product):
    send(manager, ADDRESS, **devices(("Orange 5", "0.6"), ("Orange 4", "0.4"), ("", "")))
    assert product.devices.count() == 2
    assert str(product.devices.get(family="Orange 4")) == "Orange 4"
    sent = devices(("Orange 5", ""), ("Orange 4", ""))
    send(manager, ADDRESS, **sent | {"devices-1-DELETE": "on", "devices-INITIAL_FORMS": 2})
    assert product.devices.get().share is None


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("Orange 5", "0.6"), ("Orange 4", "0.3")], "sum to 0.9"),
        ([("Orange 5", "0.6"), ("Orange 4", "")], "Give every family a share"),
        ([("Orange 5", "2")], "less than or equal to 1"),
    ],
)
def test_shares_that_make_no_sense_are_refused(manager, product, rows, sentence):
    assert sentence in send(manager, ADDRESS, **devices(*rows))
    assert not ProductDevice.objects.exists()


def test_an_unknown_form_changes_nothing(manager, product):
    send(manager, ADDRESS, form="none")
    assert Product.objects.get() == product


@pytest.fixture
def waiting(product) -> EngineerClaim:
    make_build(product=product)
    return claims.claim(
        engineer=make_engineer("Mei"), member=make_member("mei"), evidence="My key.", at=DRAFTED
    )


@pytest.mark.parametrize(("decision", "state"), [("accept", "accepted"), ("refuse", "refused")])
def test_a_claim_is_decided(manager, waiting, decision, state):
    assert "My key." in manager.get("/studio/engineers/").content.decode()
    for _double_click in range(2):
        send(manager, f"/studio/claims/{waiting.pk}/", decision=decision)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by.username) == (state, "manager")


def test_a_claim_that_cannot_be_accepted_says_why(manager, waiting):
    make_engineer("林浩", member=waiting.member)
    html = send(manager, f"/studio/claims/{waiting.pk}/", decision="accept")
    assert "is another engineer already" in html
    html = send(manager, "/studio/engineers/林浩/let-go/")
    assert "林浩" in html
    assert Engineer.objects.get(name="林浩").member is None
    assert manager.post("/studio/claims/0/").status_code == 404


def test_two_names_are_merged_and_taken_apart(manager, product):
    make_build(product=product)
    html = send(manager, "/studio/engineers/", engineer="mei", into="林浩")
    assert "Mei is read as 林浩 from now on" in html
    assert Engineer.objects.get(name="Mei").merged_into == Engineer.objects.get(name="林浩")
    send(manager, "/studio/engineers/mei/unmerge/")
    assert Engineer.objects.get(name="Mei").merged_into is None


def test_merges_that_make_no_sense_say_why(manager, product):
    make_build(product=product)
    zoe = make_engineer("Zoe")
    page = "/studio/engineers/"
    assert "into themselves" in send(manager, page, engineer="mei", into="mei")
    assert "You know no engineer" in send(manager, page, engineer="mei", into="zoe")
    engineers.merge(engineer=zoe, into=make_engineer("Mei"))
    assert "Zoe" in manager.get(page).content.decode()
