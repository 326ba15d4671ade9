"""How one finds the desk, and one's own standing."""

import pytest

from tests.community.members.making import make_member, signed_in
from tests.community.moderation.making import make_moderator

pytestmark = pytest.mark.django_db
QUEUE = 'href="/moderation/"'


def test_moderators_find_the_queue_on_their_boards_and_staff_on_every_page() -> None:
    moderator, member, admin = make_moderator(), make_member(), make_member(is_superuser=True)
    shown = [QUEUE in signed_in(who).get("/forum/chat/").text for who in (moderator, member)]
    assert shown == [True, False]
    shown = [QUEUE in signed_in(who).get("/notices/").text for who in (admin, member)]
    assert shown == [True, False]


def test_the_settings_lead_to_ones_standing() -> None:
    page = signed_in(make_member())
    assert 'href="/settings/standing/"' in page.get("/settings/privacy/").text
    assert 'href="/settings/standing/" aria-current="page"' in page.get("/settings/standing/").text
