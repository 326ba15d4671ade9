"""Names and sentences in either language."""

import pytest
from django.utils import translation

from community.text.joining import listed, sentences


@pytest.mark.parametrize(
    ("language", "names", "said"),
    [("en", "Mi 5, Mi 6", "Saved. Done."), ("zh-hans", "Mi 5、Mi 6", "Saved.Done.")],
)
def test_each_language_joins_its_own_way(language: str, names: str, said: str) -> None:
    with translation.override(language):
        assert (listed(["Mi 5", "Mi 6"]), sentences("Saved.", "Done.")) == (names, said)
