"""The topic of an award: who won, in both languages, and nothing that Markdown would read."""

import pytest

from awards.popcorn.domain import award as awards
from awards.popcorn.models import Award
from tests.awards.popcorn.making import AWARD, awarded_week, feature_ids, manager_of, open_week
from tests.feedback.reports.making import close, put, vote

pytestmark = pytest.mark.django_db


def body_of(award: Award) -> str:
    assert award.topic
    return award.topic.posts.get().body


def test_it_names_the_bucket_and_the_winners(awarded: Award) -> None:
    assert "爆米花桶 · Popcorn Bucket**：Call recording" in body_of(awarded)
    assert awarded.places.get(place=1).engineer.name in body_of(awarded)
    assert f"/popcorn/{awarded.build.slug}/" in body_of(awarded)


def test_titles_are_no_markup() -> None:
    build = open_week(changes={"[*Free*](https://example.org)": ("Mei",)})
    put([vote(build, loved=feature_ids(build)) for _ in range(100)], verified=0)
    close(build)
    awards.compute(build_id=build.pk, at=AWARD)
    award = awards.announce(build_id=build.pk, at=AWARD)
    assert r"\[\*Free\*\]\(https://example\.org\)" in body_of(award)


def test_a_correction_says_why_in_a_topic_of_its_own() -> None:
    old = awarded_week(ballots=5)
    new = awards.correct(
        build_id=old.build_id, corrects=1, reason="A credit.", by=manager_of(old.build), at=AWARD
    )
    assert new.topic
    assert new.topic.title.endswith("(2)")
    assert r"更正 · Corrected: A credit\." in body_of(new)
