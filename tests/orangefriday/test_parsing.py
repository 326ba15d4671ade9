"""JSON that no program of good will sends."""

from io import BytesIO

import pytest
from rest_framework.exceptions import ParseError

from orangefriday.parsing import JSON


@pytest.mark.parametrize("body", [b'{"a":' * 100_000, b'{"file": "\\ud800"}', b"{", b"\xff"])
def test_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        JSON().parse(BytesIO(body))


def test_whole_characters_are_read() -> None:
    assert JSON().parse(BytesIO(b'{"a": "\\ud83c\\udf4a"}')) == {"a": "🍊"}
