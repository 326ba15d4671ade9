"""Managers announce, withhold, correct and hide; for everybody else there is no such address."""

from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from awards.popcorn.models import Award, DiscountedBallot, DiscountOverride
from community.members.models import Member
from feedback.fourgrid.models import Ballot
from tests.awards.popcorn.making import (
    awarded_week,
    computed_week,
    manager_of,
    pushed_week,
    queries_of,
)
from tests.community.builds.making import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(computed: Award) -> Award:
    return computed


@pytest.fixture
def manager(award: Award, client: Client) -> Member:
    member = manager_of(award.build)
    client.force_login(member)
    return member


def post(client: Client, award: Award, step: str, *more: int, **data: object) -> str:
    """Take a step; gives the last thing the site says."""
    answer = client.post(reverse(f"popcorn:{step}", args=[award.build.slug, *more]), data)
    assert answer.status_code == 302
    return str(list(get_messages(answer.wsgi_request))[-1])


STEPS = ("announce", "withhold", "correct", "ask_override")


@pytest.mark.parametrize("step", STEPS)
def test_only_managers_steer(award: Award, client: Client, step: str) -> None:
    address = reverse(f"popcorn:{step}", args=[award.build.slug])
    assert "/login/" in client.post(address).headers["Location"]
    client.force_login(make_member())
    assert client.post(address).status_code == 404
    assert Award.objects.get().state == "computed"


@pytest.mark.usefixtures("manager")
def test_nothing_is_steered_by_a_link(award: Award, client: Client) -> None:
    addresses = [reverse(f"popcorn:{step}", args=[award.build.slug]) for step in STEPS]
    assert {client.get(address).status_code for address in addresses} == {405}


def test_announcing(award: Award, manager: Member, client: Client) -> None:
    assert post(client, award, "announce") == "The award is out."
    assert Award.objects.get().decided_by == manager


def test_withholding_and_announcing_after_all(
    award: Award, manager: Member, client: Client
) -> None:
    assert "withheld" in post(client, award, "withhold", reason="Disputed.")
    assert Award.objects.get().state_reason == "Disputed."
    post(client, award, "announce")
    assert Award.objects.get().state == "announced"


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize("step", ["withhold", "correct"])
def test_a_step_needs_a_reason(award: Award, client: Client, step: str) -> None:
    said = post(client, award, step, reason="", corrects=1)
    assert said == "This field is required."
    assert Award.objects.get().state == "computed"


def test_correcting_what_is_out(client: Client) -> None:
    award = awarded_week(ballots=5)
    client.force_login(manager_of(award.build))
    said = post(client, award, "correct", reason="A credit.", corrects=1)
    assert said == "The award was computed again. The earlier one stays visible."
    assert Award.objects.announced().get().revision == 2


@pytest.mark.usefixtures("manager")
def test_a_refusal_is_said(award: Award, client: Client) -> None:
    said = post(client, award, "correct", reason="A credit.", corrects=7)
    assert said == "Somebody has corrected it meanwhile: look at it again."


@pytest.mark.usefixtures("manager")
def test_hiding_a_quote_and_showing_it_again(award: Award, client: Client) -> None:
    quote = award.quotes.first()
    assert post(client, award, "hide_quote", quote.pk) == "The quote is hidden."
    quote.refresh_from_db()
    assert quote.hidden_at
    assert post(client, award, "hide_quote", quote.pk, show=1) == "The quote is shown again."


@pytest.mark.usefixtures("manager")
def test_the_quote_of_another_build_is_not_there(award: Award, client: Client) -> None:
    other = computed_week().quotes.first()
    address = reverse("popcorn:hide_quote", args=[award.build.slug, other.pk])
    assert client.post(address).status_code == 404


def test_taking_a_discount_back_takes_two(client: Client) -> None:
    award = pushed_week()
    client.force_login(manager_of(award.build))
    key = client.get(discounts(award)).context["patterns"][0].key
    post(client, award, "ask_override", pattern=key, reason="A class voted together.")
    override = DiscountOverride.objects.get()
    assert "another manager" in post(client, award, "confirm_override", override.pk)
    client.force_login(manager_of(award.build))
    assert "Confirmed." in post(client, award, "confirm_override", override.pk)
    override.refresh_from_db()
    assert override.confirmed_by


@pytest.mark.usefixtures("manager")
def test_asking_needs_a_reason(award: Award, client: Client) -> None:
    assert post(client, award, "ask_override", pattern="x") == "This field is required."


def test_the_page_names_patterns_and_every_discounted_ballot(client: Client) -> None:
    award = pushed_week()
    client.force_login(manager_of(award.build))
    page = client.get(discounts(award))
    html = page.content.decode()
    assert "loved “Change 10”" in html
    assert "loved “Change 11”" in html
    assert page.context["page"].paginator.count == award.discounts.count() == 40


def test_ballots_are_listed_by_pattern(client: Client) -> None:
    award = pushed_week()
    client.force_login(manager_of(award.build))
    counts = [
        client.get(discounts(award), {"pattern": pattern}).context["page"].paginator.count
        for pattern in range(len(award.result["blocks"]))
    ]
    assert sorted(counts) == sorted(
        award.discounts.filter(pattern=at).count() for at in range(len(counts))
    )


@pytest.mark.usefixtures("manager")
def test_discounted_ballots_cost_no_queries_each(award: Award, client: Client) -> None:
    asked = []
    for ballot in Ballot.objects.filter(build=award.build)[:3]:
        DiscountedBallot.objects.create(
            award=award, ballot=ballot, pattern=0, coordination=Decimal("0.5")
        )
        asked.append(queries_of(client, discounts(award)))
    assert asked[2] == asked[0]


@pytest.mark.usefixtures("manager")
def test_without_a_pattern_the_page_says_so(award: Award, client: Client) -> None:
    assert "No pattern was found" in client.get(discounts(award)).content.decode()


def test_the_page_of_discounts_is_for_managers(award: Award, client: Client) -> None:
    client.force_login(make_member())
    assert client.get(discounts(award)).status_code == 404


def discounts(award: Award) -> str:
    return reverse("popcorn:discounts", args=[award.build.slug])


def test_an_admin_steers_without_being_a_manager(award: Award, client: Client) -> None:
    client.force_login(make_member(is_superuser=True))
    assert client.get(discounts(award)).status_code == 200
    assert post(client, award, "announce") == "The award is out."
