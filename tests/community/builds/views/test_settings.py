"""A product's name and calendar, claims and merges."""

import pytest
from django.test import Client

from community.builds import sections
from community.builds.domain import claims, engineers, product_week, settings
from community.builds.domain.calendar import WEEK
from community.builds.domain.product_week import CALENDAR
from community.builds.models import Engineer, EngineerClaim
from tests.community.builds.making import DRAFTED, make_build, make_engineer, make_member
from tests.community.members.making import queries_for, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/studio/products/phone/"


def send(client: Client, address: str, **data: object) -> str:
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def calendar(do: str = "save", zone: str = "Asia/Shanghai", **changed: object) -> dict[str, object]:
    rows = {"week-TOTAL_FORMS": len(WEEK), "week-INITIAL_FORMS": len(WEEK), "version": 0}
    for place, (edge, rule) in enumerate({**WEEK, **changed}.items()):
        days, clock = rule
        rows |= {
            f"week-{place}-edge": edge,
            f"week-{place}-days": days,
            f"week-{place}-clock": clock,
        }
    return rows | {"do": do, "time_zone": zone}


def test_a_product_is_renamed(manager, product):
    assert "Saved." in send(manager, ADDRESS, name="Telephone", tagline="")
    assert "<h1>Telephone</h1>" in manager.get(ADDRESS).content.decode()
    html = send(manager, ADDRESS, name="")
    assert "This field is required" in html
    assert "<h1>Telephone</h1>" in html


def test_a_calendar_keeps_only_what_differs(manager, product):
    page = f"{ADDRESS}calendar/"
    send(manager, page, **calendar(zone="Europe/Berlin", publish=(0, "16:30")))
    product.refresh_from_db()
    assert (product.calendar, product.time_zone) == ({"publish": [0, "16:30"]}, "Europe/Berlin")
    told = manager.get(ADDRESS).text
    assert "on the release day, 16:30" in told
    assert "14 days before, 18:00" in told
    send(manager, page, **calendar(zone="Europe/Berlin") | {"version": 1})
    product.refresh_from_db()
    assert product.calendar == {}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"publish": (0, "25:00")}, "Write a time like 17:00"),
        ({"publish": (99, "17:00")}, "less than or equal to 60"),
        ({"publish": (9, "17:00")}, "“ballots open” has to come after “build goes out”"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_a_calendar_that_makes_no_week_is_refused(manager, product, changed, sentence):
    assert sentence in send(manager, f"{ADDRESS}calendar/", **calendar(**changed))
    product.refresh_from_db()
    assert product.calendar == {}


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
    assert "There is no such engineer" in send(manager, page, engineer="mei", into="zoe")
    engineers.merge(engineer=zoe, into=make_engineer("Mei"))
    assert "Zoe" in manager.get(page).content.decode()


@pytest.mark.parametrize("address", [f"{ADDRESS}calendar/", "/api/v1/products/phone/changes/"])
def test_the_history_costs_the_same_however_long(product, address):
    section, reader = sections.section(CALENDAR), signed_in(product.managers.get())
    asked = []
    for version in range(3):
        settings.change(
            product=product,
            section=section,
            values=product_week.values_of("UTC", {"reminder": (4, f"11:0{version}")}),
            seen=version,
            by=make_member(),
            at=DRAFTED,
        )
        asked.append(queries_for(reader, address))
    assert asked[2] == asked[0]
