"""The podium and an award's page: who stands there, what is shown of whom, and to whom."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.popcorn.domain import award as awards
from awards.popcorn.domain import quotes
from awards.popcorn.models import Award
from community.builds.domain import engineers
from community.members.models import Member
from tests.awards.popcorn.making import (
    AWARD,
    awarded_week,
    engineer,
    manager_of,
    pushed_week,
    queries_of,
)
from tests.community.builds.making import make_engineer, make_member, make_product

pytestmark = pytest.mark.django_db
CHINESE = {"Accept-Language": "zh-hans"}


def page_of(award: Award, client: Client, **headers: str) -> str:
    return client.get(address(award), headers=headers).content.decode()


def address(award: Award) -> str:
    return reverse("popcorn:award", args=[award.build.slug])


def shown_names(html: str) -> set[str]:
    return {name for name in ("林浩", "Mei", "Raj", "Zoe") if name in html}


def test_before_the_first_award_there_is_an_invitation(client: Client) -> None:
    assert "No award yet" in client.get(reverse("popcorn:podium")).content.decode()


def test_the_podium_is_the_latest_award(client: Client) -> None:
    product = make_product()
    awarded_week(product=product, ballots=5)
    latest = awarded_week(product=product, weeks=1, ballots=5)
    answer = client.get(reverse("popcorn:podium"))
    assert answer.context["award"] == latest
    assert [week.build for week in answer.context["earlier"]] != [latest.build]


def test_it_shows_the_bucket_the_faces_the_quotes_and_the_doubt(
    awarded: Award, client: Client
) -> None:
    html = page_of(awarded, client)
    winner = awarded.places.get(place=1)
    assert "Call recording" in html
    assert 'class="face' in html
    assert awarded.quotes.first().text in html
    assert f"{winner.score_low:.1f}–{winner.score_high:.1f}" in html


def test_it_speaks_chinese(awarded: Award, client: Client) -> None:
    html = page_of(awarded, client, **CHINESE)
    assert "爆米花桶" in html
    assert "本周大神" in html


def test_too_few_ballots_are_said_so(small: Award, client: Client) -> None:
    html = page_of(small, client)
    assert "A bucket needs 100 ballots." in html
    assert "Nobody was eligible this week." in html


def test_nobody_is_shown_a_public_bottom(awarded: Award, client: Client) -> None:
    eligible = [place for place in awarded.places.all() if place.place]
    shown = [place for place in eligible if place.is_shown]
    assert len(eligible) == 4
    assert {place.place for place in shown} == {1, 2}
    hidden = {place.engineer.name for place in eligible if not place.is_shown}
    table = page_of(awarded, client).partition("Top of the ranking")[2].partition("Check it")[0]
    assert not hidden & shown_names(table)


def test_an_engineers_own_band_is_theirs_alone(awarded: Award, client: Client) -> None:
    last = awarded.places.order_by("-place").first()
    someone = awarded.places.get(place=3).engineer
    last.engineer.member, someone.member = make_member(), make_member()
    last.engineer.save()
    someone.save()
    client.force_login(last.engineer.member)
    own = client.get(address(awarded)).context["own"]
    assert [band.place for band in own.bands] == [last]
    client.force_login(someone.member)
    assert last not in [band.place for band in client.get(address(awarded)).context["own"].bands]
    client.logout()
    assert not client.get(address(awarded)).context["own"]


def test_a_hidden_engineer_keeps_the_credit_without_a_page(awarded: Award, client: Client) -> None:
    hidden = awarded.places.get(place=1).engineer
    engineers.hide(engineer=hidden)
    html = page_of(awarded, client)
    assert hidden.name in html
    assert reverse("builds:engineer", args=[hidden.slug]) not in html


def test_a_merged_engineer_is_shown_as_who_it_is_today(awarded: Award, client: Client) -> None:
    engineers.merge(engineer=engineer("Mei"), into=make_engineer("梅若溪"))
    html = page_of(awarded, client)
    assert "梅若溪" in html
    assert ">Mei<" not in html


def test_what_is_not_out_is_its_managers_alone(computed: Award, client: Client) -> None:
    assert client.get(address(computed)).status_code == 404
    client.force_login(make_member())
    assert client.get(address(computed)).status_code == 404
    client.force_login(manager_of(computed.build))
    assert "Announce now" in page_of(computed, client)


def test_everybody_reads_why_an_award_is_withheld_and_no_more(
    computed: Award, client: Client
) -> None:
    awards.withhold(
        build_id=computed.build_id, reason="A credit is disputed.", by=manager_of(computed.build)
    )
    html = page_of(computed, client)
    assert "A credit is disputed." in html
    assert "Call recording" not in html


def test_a_manager_sees_what_is_withheld(computed: Award, client: Client) -> None:
    manager = manager_of(computed.build)
    awards.withhold(build_id=computed.build_id, reason="Disputed.", by=manager)
    client.force_login(manager)
    assert "Call recording" in page_of(computed, client)


def test_after_a_correction_both_revisions_can_be_read(small: Award, client: Client) -> None:
    correct(small, manager_of(small.build))
    html = page_of(small, client)
    assert "Corrected: A credit was wrong." in html
    first = client.get(reverse("popcorn:revision", args=[small.build.slug, 1]))
    assert first.context["award"] == small
    assert "A later revision replaces this one." in first.content.decode()
    assert client.get(reverse("popcorn:revision", args=[small.build.slug, 3])).status_code == 404


def test_a_hidden_quote_is_for_managers(awarded: Award, client: Client) -> None:
    quote, manager = awarded.quotes.first(), manager_of(awarded.build)
    quotes.set_hidden(quote=quote, is_hidden=True, by=manager, at=AWARD)
    assert quote.text not in page_of(awarded, client)
    client.force_login(manager)
    assert quote.text in page_of(awarded, client)


def test_it_says_who_would_have_won_without_the_discount(client: Client) -> None:
    award = awards.announce(build_id=pushed_week().build_id, at=AWARD)
    said = "the result would be the same" in page_of(award, client)
    assert said == award.is_same_without_discount


def test_a_product_is_chosen_where_there_are_several(client: Client) -> None:
    one, other = awarded_week(ballots=5), awarded_week(ballots=5)
    podium = reverse("popcorn:podium")
    answer = client.get(podium, {"product": one.build.product.slug})
    assert answer.context["award"] == one
    assert other.build.product.name in answer.content.decode()
    assert client.get(podium, {"product": "nothing"}).status_code == 404


def test_the_podium_costs_the_same_with_one_product_and_with_three(client: Client) -> None:
    asked = []
    for _product in range(3):
        awarded_week(ballots=5)
        asked.append(queries_of(client, reverse("popcorn:podium")))
    assert asked[0] == asked[2]


def test_the_page_costs_the_same_beside_one_earlier_week_and_beside_three(
    awarded: Award, client: Client
) -> None:
    product = awarded.build.product
    award = awarded_week(product=product, weeks=1)
    one = queries_of(client, address(award))
    for weeks in (2, 3):
        awarded_week(product=product, weeks=weeks)
    assert queries_of(client, address(award)) == one


def correct(old: Award, by: Member) -> Award:
    return awards.correct(
        build_id=old.build_id, corrects=1, reason="A credit was wrong.", by=by, at=AWARD
    )
