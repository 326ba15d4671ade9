"""Deliveries: each sent once, later if it has to wait, never when nobody wants it any more."""

from datetime import datetime, time
from email.message import Message
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from community.members.models import Member
from community.notices.domain import choosing, digests, reading, sending
from community.notices.models import Ceiling, Channel, Delivery, Rhythm
from community.notices.tasks import send_all_digests, send_all_due, send_digests, send_due
from tests.community.builds.making import make_member
from tests.community.notices.making import DAY, HOUR, MINUTE, NOW, tell

pytestmark = pytest.mark.django_db
LATER = NOW + 10 * MINUTE


class Unreachable(Exception):
    pass


@pytest.fixture
def mei() -> Member:
    member = make_member("mei", language="zh-hans", time_zone="Europe/Berlin")
    EmailAddress.objects.create(user=member, email="mei@example.org", verified=True, primary=True)
    return member


def rhythm(member: Member, at: datetime = NOW, **changed: Any) -> Rhythm:
    said: dict[str, Any] = {
        "wants_mail": True,
        "quiet_from": None,
        "quiet_until": None,
        "digest": "off",
        "digest_hour": 8,
    }
    return choosing.choose_rhythm(member=member, at=at, **said | changed)


def test_a_mail_waits_ten_minutes_and_is_sent_once(mei: Member) -> None:
    tell(mei, by=make_member("hao").pk, words={"title": "<b>", "excerpt": "x" * 300})
    assert [send_all_due(NOW), send_all_due(LATER), send_all_due(LATER)] == [0, 1, 0]
    (sent,) = mail.outbox
    raw: Message = sent.message()
    assert sent.to == ["mei@example.org"]
    assert sent.subject == "hao answered in <b>"
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["List-Unsubscribe"].startswith("<http")
    html = sent.alternatives[0][0]
    assert "hao answered in &lt;b&gt;" in html
    assert "x" * 200 not in html
    assert "不再" in sent.body


def test_what_was_read_meanwhile_is_not_mailed(mei: Member) -> None:
    tell(mei)
    reading.read_all(member=mei, at=NOW)
    assert send_all_due(LATER) == 0
    assert Delivery.objects.get().dropped_at


@pytest.mark.parametrize("off", ["kind", "all", "address"])
def test_what_nobody_wants_any_more_is_not_mailed(mei: Member, off: str) -> None:
    tell(mei)
    if off == "kind":
        choosing.switch_off(member=mei, kind="test.reply", channel="email")
    elif off == "all":
        choosing.no_mail(member=mei)
    else:
        EmailAddress.objects.all().delete()
    assert (send_all_due(LATER), len(mail.outbox)) == (0, 0)


def test_quiet_hours_postpone(mei: Member) -> None:
    rhythm(mei, quiet_from=time(9), quiet_until=time(13))  # NOW is 10:00 in Berlin
    tell(mei)
    assert send_all_due(LATER) == 0
    delivery = Delivery.objects.get()
    assert (delivery.due_at, delivery.attempts) == (NOW + 3 * HOUR, 0)
    assert send_all_due(NOW + 3 * HOUR) == 1


def test_a_member_gets_so_many_mails_a_day(mei: Member) -> None:
    Ceiling.objects.create(pk=1, mails_a_day=2)
    for n in range(3):
        tell(mei, about=f"topic:{n}", source=f"/{n}")
    assert send_all_due(LATER) == 2
    tell(mei, about="topic:9", source="/9", at=NOW + DAY)
    assert send_all_due(LATER + DAY) == 1


def test_a_failed_mail_is_tried_again_later(mei: Member) -> None:
    tell(mei)

    def fail(_notice: object) -> bool:
        raise Unreachable

    (pk,) = sending.claim(channel=Channel.EMAIL, at=LATER)
    with pytest.raises(Unreachable):
        sending.deliver(delivery_id=pk, send=fail, at=LATER)
    assert send_all_due(LATER) == 0
    assert send_all_due(LATER + 2 * MINUTE) == 1


def test_what_is_claimed_is_nobody_elses(mei: Member) -> None:
    """The control takes what is due without a claim: both workers have it."""
    tell(mei)
    due = [list(Delivery.objects.due(LATER).values_list("pk", flat=True)) for _two in range(2)]
    claimed = [sending.claim(channel=Channel.EMAIL, at=LATER) for _two in range(2)]
    assert ([len(pks) for pks in due], [len(pks) for pks in claimed]) == ([1, 1], [1, 0])


def test_a_digest_gathers_what_is_unread_by_place(mei: Member) -> None:
    due = rhythm(mei, digest="daily").digest_at
    assert due
    words = {"title": "相机闪退", "place": "Bug reports", "place_zh": "BUG反馈"}
    tell(mei, kind="test.watched", words=words, at=NOW + MINUTE)
    tell(mei, kind="test.watched", about="topic:2", source="/2", words={"title": "Read"}, at=NOW)
    reading.read_about(member=mei, about=["topic:2"], at=NOW)
    tell(mei, about="topic:3", source="/3", words={"title": "Mailed"}, at=NOW + MINUTE)
    send_all_due(NOW + HOUR)
    mail.outbox.clear()
    assert [send_all_digests(NOW), send_all_digests(due), send_all_digests(due)] == [0, 1, 0]
    (sent,) = mail.outbox
    assert "BUG反馈" in sent.body
    assert "相机闪退" in sent.body
    assert "Read" not in sent.body
    assert "Mailed" not in sent.body
    assert send_all_digests(due + DAY) == 0  # nothing new


def test_a_failed_digest_is_due_again_soon(mei: Member) -> None:
    due = rhythm(mei, digest="weekly").digest_at
    assert due
    tell(mei, kind="test.watched", at=NOW + HOUR)

    def fail(*_what: object) -> bool:
        raise Unreachable

    with pytest.raises(Unreachable):
        digests.send_digest(member_id=mei.pk, send=fail, at=due)
    assert send_all_digests(due + digests.RETRY_AFTER) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_digest_costs_the_same_however_long(
    mei: Member, count: int, django_assert_num_queries: Any
) -> None:
    due = rhythm(mei, digest="daily").digest_at
    assert due
    for n in range(count):
        tell(mei, kind="test.watched", about=f"topic:{n}", source=f"/{n}", by=make_member().pk)
    Delivery.objects.all().delete()
    Rhythm.objects.update(digested_at=NOW - DAY)
    with django_assert_num_queries(6):
        digests.send_digest(member_id=mei.pk, send=lambda *_what: True, at=due)


def test_the_tasks_may_run_at_any_time(mei: Member) -> None:
    for task in (send_due, send_digests, send_due):
        task()
