"""What may stand in the four cells, and what is said when it may not."""

from typing import Any

import pytest

from feedback.fourgrid.domain.answers import Answers, InvalidAnswers
from feedback.fourgrid.models import Ballot

FULL: dict[str, Any] = {"mood": "happy", "loved": [3, 1], "let_down": [2], "wishes": [9]}


def errors(**changes: Any) -> dict[str, list[str]]:
    raw = {key: value for key, value in (FULL | changes).items() if value is not ...}
    with pytest.raises(InvalidAnswers) as invalid:
        Answers.parse(raw)
    return invalid.value.errors


def test_a_full_ballot_is_read_in_its_order() -> None:
    answers = Answers.parse(FULL | {"comments": {"feature:2": " slow\r\nand loud ", "mood": " "}})
    assert answers == Answers(
        Ballot.Mood.HAPPY, (3, 1), (2,), (9,), {"feature:2": "slow\nand loud"}
    )


def test_none_is_an_answer() -> None:
    answers = Answers.parse({"mood": "sad", "loved": [], "let_down": [], "wishes": []})
    assert (answers.loved, answers.let_down, answers.wishes) == ((), (), ())


@pytest.mark.parametrize("mood", [..., None, "", "angry", 1, ["happy"], ["happy", "sad"]])
def test_exactly_one_mood_is_chosen(mood: object) -> None:
    sentence = "Cell 1 is not answered: choose exactly one mood."
    assert errors(mood=mood) == {"mood": [sentence]}


@pytest.mark.parametrize(
    ("cell", "number", "most"), [("loved", 2, 5), ("let_down", 3, 5), ("wishes", 4, 3)]
)
def test_every_cell_must_be_answered(cell: str, number: int, most: int) -> None:
    sentence = f"Cell {number} is not answered: choose up to {most}, or say “none”."
    assert errors(**{cell: ...}) == {cell: [sentence]}


@pytest.mark.parametrize(
    ("cell", "number", "most"), [("loved", 2, 5), ("let_down", 3, 5), ("wishes", 4, 3)]
)
def test_a_cell_holds_no_more_than_it_takes(cell: str, number: int, most: int) -> None:
    assert errors(**{cell: list(range(10, 11 + most))}) == {
        cell: [f"Cell {number} takes at most {most}."]
    }


@pytest.mark.parametrize(
    "ids", ["1", {"1": 2}, [1.0], [True], ["1"], [0], [-1], [2**63], [None], [[1]]]
)
def test_a_cell_is_a_list_of_ids(ids: object) -> None:
    assert errors(loved=ids) == {"loved": ["Cell 2 must be a list of numbers."]}


def test_nothing_stands_twice_in_a_cell() -> None:
    assert errors(wishes=[7, 8, 7]) == {"wishes": ["7 stands twice in cell 4."]}


def test_a_feature_stands_in_one_of_both_cells() -> None:
    assert errors(loved=[7, 5], let_down=[6, 7]) == {
        "let_down": ["Feature 7 stands in both cells, 2 and 3."]
    }


def test_a_comment_of_500_characters_is_the_longest() -> None:
    assert Answers.parse(FULL | {"comments": {"loved": "好" * 500}}).comments
    assert errors(comments={"loved": "好" * 501}) == {
        "comments": ["A comment has at most 500 characters, this one 501."]
    }


@pytest.mark.parametrize("place", ["feature:8", "feature:02", "cell", "", 3])
def test_a_comment_belongs_to_a_cell_or_a_named_feature(place: object) -> None:
    sentence = "A comment speaks of a cell or of a feature named in cell 2 or 3."
    assert errors(comments={place: "so"}) == {"comments": [sentence]}


@pytest.mark.parametrize("text", ["\0", "half \ud83d", 5, None, ["x"]])
def test_a_comment_is_text_that_can_be_stored(text: object) -> None:
    sentence = "A comment holds something that is not text."
    assert errors(comments={"loved": text}) == {"comments": [sentence]}


def test_comments_are_an_object() -> None:
    sentence = "Comments are texts by cell or named feature."
    assert errors(comments=["nice"]) == {"comments": [sentence]}


def test_a_ballot_holds_nothing_else() -> None:
    sentence = "A ballot has four cells and comments, nothing else."
    assert errors(member=1) == {"": [sentence]}


@pytest.mark.parametrize("raw", [None, [], "happy", 4])
def test_a_ballot_is_an_object(raw: object) -> None:
    with pytest.raises(InvalidAnswers) as invalid:
        Answers.parse(raw)
    assert invalid.value.errors == {"": ["A ballot is an object with four cells."]}


def test_everything_wrong_is_said_at_once() -> None:
    assert set(errors(mood="", loved=..., let_down=[0])) == {"mood", "loved", "let_down"}
