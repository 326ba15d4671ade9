"""What users wrote: from those who loved it, short, without names, and never by its makers."""

import pytest

from awards.popcorn.domain import award as awards
from awards.popcorn.domain import quotes
from awards.popcorn.models import Award, Quote
from community.builds.models import Build, Engineer
from feedback.fourgrid.models import Ballot
from tests.awards.popcorn.making import AWARD, TALLIED, feature_ids, manager_of, open_week
from tests.feedback.reports.making import close, put, vote

pytestmark = pytest.mark.django_db


def said(comments: list[str], **fields: object) -> list[str]:
    """Which of these comments on the only loved change are quoted, in their order."""
    return [quote.text for quote in awarded(comments, **fields).quotes.order_by("position")]


def awarded(comments: list[str], **fields: object) -> Award:
    build = open_week()
    feature = feature_ids(build)[0]
    plain = [vote(build, loved=[feature]) for _ in range(100)]
    put([*plain, *(comment(build, text, **fields) for text in comments)], verified=0)
    close(build)
    return awards.compute(build_id=build.pk, at=TALLIED)


def comment(build: Build, text: str, **fields: object) -> Ballot:
    feature = feature_ids(build)[0]
    return vote(build, loved=[feature], comments={f"feature:{feature}": text}, **fields)


def test_at_most_three_are_chosen() -> None:
    comments = [f"Number {n}" for n in range(5)]
    chosen = said(comments)
    assert len(chosen) == 3
    assert set(chosen) < set(comments)


def test_the_same_words_are_quoted_once() -> None:
    assert len(said(["Lovely", "lovely ", "LOVELY"])) == 1


def test_lines_are_joined_and_long_texts_left_to_the_report() -> None:
    assert said(["One\n two", "长" * 81, "   "]) == ["One two"]


def test_staff_are_not_quoted() -> None:
    assert said(["Our own work!"], is_staff=True) == []


def test_who_built_it_is_not_quoted() -> None:
    build = open_week()
    put([vote(build, loved=feature_ids(build)[:1]) for _ in range(100)], verified=0)
    [own] = put([comment(build, "I made this")], verified=0)
    Engineer.objects.filter(name="Mei").update(member=own.member)
    close(build)
    assert not awards.compute(build_id=build.pk, at=TALLIED).quotes.exists()


def test_who_loved_it_most_comes_first() -> None:
    build = open_week()
    first, second, *_ = feature_ids(build)
    put([vote(build, loved=[first]) for _ in range(100)], verified=0)
    half = {"loved": [second, first], "comments": {f"feature:{first}": "Good"}}
    put([vote(build, **half) for _ in range(20)] + [comment(build, "Best of all")], verified=0)
    close(build)
    award = awards.compute(build_id=build.pk, at=TALLIED)
    told = award.quotes.filter(feature=first).order_by("position")
    assert [quote.text for quote in told] == ["Best of all", "Good"]


def test_a_quote_is_hidden_and_shown_again() -> None:
    award = awarded(["Rude"])
    quote, manager = award.quotes.get(), manager_of(award.build)
    quotes.set_hidden(quote=quote, is_hidden=True, by=manager, at=AWARD)
    hidden = Quote.objects.get()
    assert (hidden.hidden_at, hidden.hidden_by) == (AWARD, manager)
    quotes.set_hidden(quote=quote, is_hidden=False, by=manager, at=AWARD)
    assert Quote.objects.get().hidden_at is None


def test_a_sentence_is_quoted_once_while_there_are_other_words() -> None:
    tail = "Worth the early update."
    comments = [f"Number {n}. {tail}" for n in range(6)] + ["Other words", "And others"]
    chosen = said(comments)
    assert len(chosen) == 3
    assert sum(tail in text for text in chosen) == 1
