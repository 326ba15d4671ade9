"""Labels on the map never overlap anything."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reports.domain.charts.labels import SHORT, Box, place, shorten, width

FRAME = Box(0, 0, 600, 400)
spots = st.lists(
    st.tuples(
        st.text(alphabet="aW 相机闪退", min_size=1, max_size=40),
        st.floats(0, 600),
        st.floats(0, 400),
    ),
    max_size=30,
)


@given(spots)
def test_labels_never_overlap(wanted: list[tuple[str, float, float]]) -> None:
    dots = [Box(x - 7, y - 7, x + 7, y + 7) for _, x, y in wanted]
    boxes = [label.box for label in place(wanted, frame=FRAME, taken=dots) if label]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert not any(box.meets(dot) for box in boxes for dot in dots)
    assert all(FRAME.holds(box) for box in boxes)


def test_a_lonely_point_has_its_label_on_the_right() -> None:
    (label,) = place([("Camera", 100, 100)], frame=FRAME, taken=[])
    assert label
    assert (label.anchor, label.text) == ("start", "Camera")
    assert label.x > 100


def test_at_the_right_edge_it_stands_on_the_left() -> None:
    (label,) = place([("Camera", 590, 100)], frame=FRAME, taken=[])
    assert label
    assert label.anchor == "end"


def test_without_room_there_is_no_label() -> None:
    assert place([("Camera", 300, 200)], frame=FRAME, taken=[FRAME]) == [None]


def test_a_long_text_is_shortened_where_it_does_not_fit() -> None:
    narrow = Box(0, 0, 260, 60)
    (label,) = place([("Battery saver learns when you charge", 20, 30)], frame=narrow, taken=[])
    assert label
    assert label.text.endswith("…")


@pytest.mark.parametrize("text", ["short", "相机" * 30, "wide letters " * 9, "ＷＩＤＥ" * 9])
def test_shortened_texts_fit(text: str) -> None:
    assert width(shorten(text)) <= SHORT


def test_han_is_wider_than_latin() -> None:
    assert width("相机") > width("ab")
