"""Telling: grouped while unread, each source once, one statement for many."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError

from community.members.models import Member
from community.notices.models import Notice
from community.notices.queries import unread_count
from tests.community.builds.making import make_member
from tests.community.notices.making import HOUR, NOW, tell

pytestmark = pytest.mark.django_db


def test_what_is_about_the_same_is_one_notice_until_it_is_read() -> None:
    mei, hao = make_member(), make_member("hao")
    tell(mei, source="/a/1/")
    tell(mei, source="/a/2/", by=hao.pk, words={"title": "It hangs!"}, at=NOW + HOUR)
    notice = Notice.objects.get()
    assert (notice.count, notice.url, notice.by, notice.told_at) == (2, "/a/1/", hao, NOW + HOUR)
    assert str(notice) == "2 answers in It hangs!"
    Notice.objects.update(read_at=NOW)
    tell(mei, source="/a/3/", by=hao.pk)
    assert [str(n) for n in Notice.objects.unread()] == ["hao answered in It hangs"]


def test_a_source_counts_once_however_often_it_is_told() -> None:
    mei = make_member()
    assert [tell(mei), tell(mei), tell(mei, source="/a/2/")] == [1, 0, 1]
    assert Notice.objects.get().count == 2


def test_nobody_is_told_what_they_did_and_nobody_who_has_left() -> None:
    mei, gone = make_member(), make_member(is_active=False)
    assert tell(mei, gone, by=mei.pk) == 0


def test_ten_thousand_members_are_one_statement(django_assert_num_queries: Any) -> None:
    members = [
        Member(username=f"m{n}", name_skeleton=f"m{n}", display_name="m") for n in range(300)
    ]
    for member in members:
        member.date_joined = NOW
    Member.objects.bulk_create(members)
    with django_assert_num_queries(1):
        assert tell(*members) == 300
    assert unread_count(members[-1]) == 1


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere"]
)
def test_no_notice_leads_elsewhere(url: str) -> None:
    with pytest.raises(IntegrityError, match="notice_leads_here"):
        tell(make_member(), url=url)


def test_a_word_that_was_not_given_is_empty(settings: Any) -> None:
    tell(make_member(), words={}, at=datetime.fromisoformat("2026-11-20T09:00Z"))
    assert str(Notice.objects.get()) == "Somebody answered in "
