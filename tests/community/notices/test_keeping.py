"""Read notices go after 90 days; unread ones stay."""

import pytest

from community.notices.domain import keeping, reading
from community.notices.models import Heard, Notice
from community.notices.tasks import forget_old
from tests.community.builds.making import make_member
from tests.community.notices.making import DAY, NOW, tell

pytestmark = pytest.mark.django_db


def test_what_was_read_long_ago_is_forgotten() -> None:
    mei = make_member()
    tell(mei, about="topic:1", source="/1")
    reading.read_all(member=mei, at=NOW)
    tell(mei, about="topic:2", source="/2")
    assert keeping.forget_old(at=NOW + 90 * DAY) == 0
    assert keeping.forget_old(at=NOW + 91 * DAY) == 1
    assert [notice.about for notice in Notice.objects.all()] == ["topic:2"]
    assert not Heard.objects.exists()


def test_the_task_may_run_at_any_time() -> None:
    forget_old()
    forget_old()
