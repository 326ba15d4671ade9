"""How one likes to read, by the API."""

import pytest

from tests.community.forum.api.making import Caller, a_topic
from tests.community.members.making import make_member

pytestmark = pytest.mark.django_db


def test_who_chooses_one_long_page_gets_it() -> None:
    mei, topic = Caller(make_member()), a_topic()
    assert mei.get("reading/") == {"reading": "pages"}
    assert mei("PUT", "reading/", {"reading": "aloud"})[0] == 400
    assert mei("PUT", "reading/", {"reading": "continuous"})[0] == 200
    assert mei.get("reading/") == {"reading": "continuous"}
    assert mei.client.get(topic.get_absolute_url()).context["reader"].is_continuous
