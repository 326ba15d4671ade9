"""What the award shows on the pages of builds, engineers, members and vote reports."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.popcorn import panels
from awards.popcorn.domain import award as awards
from awards.popcorn.models import Award
from community.builds.models import Build, Engineer
from feedback.reports.domain import store
from tests.awards.popcorn.making import (
    TALLIED,
    awarded_week,
    closed_week,
    computed_week,
    engineer,
    manager_of,
    open_week,
    pushed_week,
    queries_of,
)
from tests.community.builds.making import make_member, make_product

pytestmark = pytest.mark.django_db


def build_page(client: Client, build: Build) -> str:
    return client.get(reverse("builds:detail", args=[build.slug])).content.decode()


def engineer_page(client: Client, name: str) -> str:
    return client.get(reverse("builds:engineer", args=[engineer(name).slug])).content.decode()


def report_page(client: Client, award: Award) -> str:
    store(build_id=award.build_id, at=TALLIED)
    return client.get(reverse("reports:detail", args=[award.build.slug])).content.decode()


def test_an_open_build_says_nothing_of_an_award(client: Client) -> None:
    assert "award-of-build" not in build_page(client, open_week())


def test_a_closed_build_says_when_the_award_is_told(client: Client) -> None:
    assert "The award is announced" in build_page(client, closed_week(ballots=1))


def test_a_build_says_who_won(client: Client) -> None:
    award = awarded_week()
    panel = build_page(client, award.build).partition("award-of-build")[2]
    assert "Call recording" in panel
    assert award.places.get(place=1).engineer.name in panel
    assert reverse("popcorn:award", args=[award.build.slug]) in panel


def test_what_is_not_out_stands_on_the_managers_page_alone(client: Client) -> None:
    award = computed_week()
    assert "Popcorn Bucket" not in build_page(client, award.build)
    client.force_login(manager_of(award.build))
    assert "Popcorn Bucket" in build_page(client, award.build)


def test_a_build_says_why_its_award_is_withheld(client: Client) -> None:
    award = computed_week(ballots=1)
    awards.withhold(build_id=award.build_id, reason="Disputed.", by=manager_of(award.build))
    assert "Disputed." in build_page(client, award.build)


def test_an_engineer_without_an_award_has_no_panel(client: Client) -> None:
    awarded_week(ballots=5)
    assert "Popcorn Awards" not in engineer_page(client, "Zoe")


def test_an_engineer_carries_the_title_until_the_next_award(client: Client) -> None:
    product = make_product()
    awarded_week(product=product)
    assert "Star of the week" in engineer_page(client, "林浩")
    awarded_week(product=product, weeks=1, ballots=5)
    page = engineer_page(client, "林浩")
    assert "Star of the week" not in page
    assert "Popcorn Bucket" in page


def test_an_engineers_bands_are_theirs_alone(client: Client) -> None:
    awarded_week()
    member = make_member()
    Engineer.objects.filter(name="Zoe").update(member=member)
    assert "Your own bands" not in engineer_page(client, "Zoe")
    client.force_login(member)
    assert "Your own bands" in engineer_page(client, "Zoe")
    assert "Your own bands" not in engineer_page(client, "Mei")


def test_the_engineers_page_costs_the_same_with_one_award_and_with_three(client: Client) -> None:
    product = make_product()
    awarded_week(product=product)
    address = reverse("builds:engineer", args=[engineer("林浩").slug])
    one = queries_of(client, address)
    for weeks in (1, 2):
        awarded_week(product=product, weeks=weeks)
    assert queries_of(client, address) == one


def test_a_member_with_the_title_shows_it_on_the_profile(client: Client) -> None:
    awarded_week()
    member = make_member()
    Engineer.objects.filter(name="Mei").update(member=member)
    profile = reverse("members:profile", args=[member.username])
    assert "Star of the week" in client.get(profile).content.decode()


def test_a_member_without_it_shows_nothing(client: Client) -> None:
    profile = reverse("members:profile", args=[make_member().username])
    assert "Star of the week" not in client.get(profile).content.decode()


def test_the_report_has_the_award_its_doubt_and_the_button(client: Client) -> None:
    award = pushed_week()
    client.force_login(manager_of(award.build))
    page = report_page(client, award)
    winner = award.places.filter(is_winner=True).first()
    assert "Announce the award" in page
    assert f"90 % between {winner.score_low:.1f} and {winner.score_high:.1f}" in page
    assert reverse("popcorn:discounts", args=[award.build.slug]) in page


def test_once_it_is_out_the_report_has_no_button(client: Client) -> None:
    award = awarded_week(ballots=5)
    client.force_login(manager_of(award.build))
    page = report_page(client, award)
    assert "Announce the award" not in page
    assert "Podium and proof" in page


def test_before_it_is_computed_the_report_is_silent(client: Client) -> None:
    build = closed_week(ballots=5)
    client.force_login(manager_of(build))
    store(build_id=build.pk, at=TALLIED)
    page = client.get(reverse("reports:detail", args=[build.slug])).content.decode()
    assert "Weight discounted" not in page
    assert "report-award" not in page


def test_the_first_page_has_an_award_that_is_out_for_its_managers_alone(
    awarded: Award, computed: Award
) -> None:
    printed = panels.award_on_first_page(manager_of(awarded.build), awarded.build)
    first = awarded.places.get(place=1)
    assert printed
    assert printed.rows[0] == (
        f"{first.shown_place}  {first.person}",
        f"{first.score:.1f}",
        f"90 % between {first.score_low:.1f} and {first.score_high:.1f}",
    )
    assert panels.award_on_first_page(make_member(), awarded.build) is None
    assert panels.award_on_first_page(manager_of(computed.build), computed.build) is None
