"""Seasons: sums of what the weekly tables showed, and of those only the top."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from awards.popcorn.domain import award as awards
from awards.popcorn.models import Award, AwardPlace
from awards.popcorn.seasons import Season, seasons_of, standings
from community.builds.domain import engineers
from tests.awards.popcorn.making import (
    AWARD,
    awarded_week,
    engineer,
    manager_of,
    queries_of,
)
from tests.community.builds.making import FRIDAY, make_engineer, make_product

QUARTER = Season(2026, 4)


@pytest.mark.parametrize(
    ("key", "name", "first", "end"),
    [
        ("2026", "2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-1", "2026 Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-4", "2026 Q4", date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_season_is_a_year_or_a_quarter(key: str, name: str, first: date, end: date) -> None:
    season = Season.read(key)
    assert (season.key, str(season), season.first, season.end) == (key, name, first, end)


@pytest.mark.parametrize("key", ["x", "1999", "3000", "2026-5", "2026-x", "2026-1-1"])
def test_anything_else_is_none(key: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Season.read(key)


def test_every_day_has_its_quarter() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert all(Season.of(day).first <= day < Season.of(day).end for day in days)


def ranking(client: Client, **query: str) -> str:
    return client.get(reverse("popcorn:ranking"), query).content.decode()


@pytest.mark.django_db
def test_before_the_first_award_there_is_an_invitation(client: Client) -> None:
    assert "No award yet" in ranking(client)


@pytest.mark.django_db
def test_seasons_are_those_with_an_award_newest_first() -> None:
    product = make_product()
    assert seasons_of(product) == []
    awarded_week(product=product, ballots=5)
    awarded_week(product=product, ballots=5, weeks=10)
    assert seasons_of(product) == [Season(2027), Season(2027, 1), Season(2026), QUARTER]


@pytest.mark.django_db
def test_points_are_the_sums_of_weekly_places(awarded: Award) -> None:
    product = awarded.build.product
    weeks = [awarded, awarded_week(product=product, weeks=1)]
    table = standings(product, QUARTER)
    shown = AwardPlace.objects.filter(award__in=weeks, is_shown=True, engineer=table[0].engineer)
    assert table[0].points == sum(11 - (place.shown_place or 11) for place in shown)
    assert (table[0].place, table[0].weeks) == (1, 2)


@pytest.mark.django_db
def test_only_the_better_half_of_a_season_is_shown(awarded: Award) -> None:
    scored = awarded.places.filter(is_shown=True).count()
    assert len(standings(awarded.build.product, QUARTER)) == (scored + 1) // 2


@pytest.mark.django_db
def test_a_place_that_was_not_shown_earns_nothing(awarded: Award) -> None:
    hidden = awarded.places.filter(place__isnull=False, is_shown=False)
    assert hidden.exists()
    assert not {row.engineer for row in standings(awarded.build.product, Season(2026))} & {
        place.engineer for place in hidden
    }


@pytest.mark.django_db
def test_a_correction_counts_instead_of_what_it_corrects(awarded: Award) -> None:
    before = standings(awarded.build.product, QUARTER)
    awards.correct(
        build_id=awarded.build_id, corrects=1, reason="x", by=manager_of(awarded.build), at=AWARD
    )
    assert [row.points for row in standings(awarded.build.product, QUARTER)] == [
        row.points for row in before
    ]


@pytest.mark.django_db
def test_merged_engineers_stand_once(awarded: Award) -> None:
    first = awarded.places.get(place=1).engineer
    engineers.merge(engineer=first, into=make_engineer("Somebody Else"))
    assert standings(awarded.build.product, QUARTER)[0].engineer == engineer("Somebody Else")


@pytest.mark.django_db
def test_the_page_opens_with_the_latest_quarter(awarded: Award, client: Client) -> None:
    answer = client.get(reverse("popcorn:ranking"))
    assert answer.context["season"] == QUARTER
    assert awarded.places.get(place=1).engineer.name in answer.content.decode()
    assert "Buckets of the season" in answer.content.decode()


@pytest.mark.django_db
def test_the_page_speaks_chinese(awarded: Award, client: Client) -> None:
    page = client.get(reverse("popcorn:ranking"), headers={"Accept-Language": "zh-hans"})
    assert "爆米花榜" in page.content.decode()


@pytest.mark.django_db
def test_a_season_without_an_award_says_so(awarded: Award, client: Client) -> None:
    assert "No award in this season" in ranking(client, season="2025")


@pytest.mark.django_db
@pytest.mark.parametrize("query", [{"season": "x"}, {"product": "x"}])
def test_what_does_not_exist_is_not_found(
    awarded: Award, client: Client, query: dict[str, str]
) -> None:
    assert client.get(reverse("popcorn:ranking"), query).status_code == 404


@pytest.mark.django_db
def test_a_product_is_chosen_where_there_are_several(awarded: Award, client: Client) -> None:
    other = awarded_week(ballots=5)
    answer = client.get(reverse("popcorn:ranking"), {"product": awarded.build.product.slug})
    assert answer.context["product"] == awarded.build.product
    assert other.build.product in answer.context["products"]


@pytest.mark.django_db
def test_the_page_costs_the_same_with_one_week_and_with_three(
    awarded: Award, client: Client
) -> None:
    pages = [reverse(f"popcorn:{name}") for name in ("ranking", "feed")]
    one = [queries_of(client, page) for page in pages]
    for weeks in (1, 2):
        awarded_week(product=awarded.build.product, weeks=weeks)
    assert [queries_of(client, page) for page in pages] == one
    assert Award.objects.filter(build__release_on__gte=FRIDAY).count() == 3
