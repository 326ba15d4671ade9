"""The unread count of a member is that of their notices, whoever writes and whenever."""

from threading import Barrier

import pytest

from community.members.models import Member
from community.notices.domain import keeping, reading
from community.notices.models import Inbox, Notice
from community.notices.queries import unread_count
from tests.community.builds.making import make_member
from tests.community.notices.making import NOW, tell
from tests.racing import at_once


def counted(member: Member) -> tuple[int, int]:
    """What is stored, and what is there."""
    return unread_count(member), Notice.objects.on_site().unread().filter(member=member).count()


@pytest.mark.django_db
def test_the_count_follows_every_way_to_write() -> None:
    mei, hao = make_member(), make_member()
    tell(mei, hao)
    tell(mei, about="topic:2", source="/a/2/")
    seen = [counted(mei)]
    reading.read_about(member=mei, about=["topic:1"], at=NOW)
    seen.append(counted(mei))
    Notice.objects.unread().filter(member=mei).update(is_on_site=False)
    seen.append(counted(mei))
    Notice.objects.filter(member=mei).update(is_on_site=True, read_at=None)
    seen.append(counted(mei))
    Notice.objects.filter(about="topic:2").delete()
    seen.append(counted(mei))
    assert seen == [(2, 2), (1, 1), (0, 0), (2, 2), (1, 1)]
    assert counted(hao) == (1, 1)
    hao.delete()


@pytest.mark.django_db
def test_a_wrong_count_is_counted_anew() -> None:
    mei, hao = make_member(), make_member()
    tell(mei)
    Inbox.objects.bulk_create([Inbox(member=hao, unread=7)])
    Inbox.objects.update(unread=9)
    keeping.recount()
    assert (counted(mei), counted(hao)) == ((1, 1), (0, 0))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_between_telling_and_reading() -> None:
    mei = make_member()
    acts = [lambda n=n: tell(mei, about=f"topic:{n}", source=f"/{n}") for n in range(6)]
    at_once(*acts, lambda: reading.read_all(member=mei, at=NOW))
    stored, there = counted(mei)
    assert stored == there


@pytest.mark.django_db(transaction=True)
def test_a_count_that_is_read_and_written_back_loses_some() -> None:
    """The control of the test above."""
    mei = make_member()
    Inbox.objects.create(member=mei)
    both_have_read = Barrier(2)

    def count_one() -> None:
        inbox = Inbox.objects.get(member=mei)
        both_have_read.wait()
        Inbox.objects.filter(member=mei).update(unread=inbox.unread + 1)

    at_once(count_one, count_one)
    assert unread_count(mei) == 1
