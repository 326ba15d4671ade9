"""How one likes to read, by the API."""

import pytest

from community.forum.models import ReadingHabit
from tests.community.forum.api.making import Caller
from tests.community.members.making import make_member

pytestmark = pytest.mark.django_db


def test_who_chooses_one_long_page_gets_it() -> None:
    mei = Caller(make_member())
    assert mei.get("reading/") == {"reading": "pages"}
    assert mei("PUT", "reading/", {"reading": "aloud"})[0] == 400
    assert mei("PUT", "reading/", {"reading": "continuous"})[0] == 200
    assert mei.get("reading/") == {"reading": "continuous"}
    assert ReadingHabit.objects.get().is_continuous
