"""Wednesday's mail: to each manager once, in their language, with what they may see by then."""

from datetime import timedelta
from email.message import Message

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from community.builds.models import Product
from community.members.models import Member
from community.notices.domain import choosing, reading
from community.notices.models import Delivery, Heard, Notice
from community.notices.tasks import send_all_due
from feedback.reports.domain.telling import tell_due
from feedback.reports.models import ReportTelling, VoteReport
from tests.community.builds.making import AWARD, HOUR, MINUTE, make_member, make_product
from tests.feedback.reports.making import make_report

pytestmark = pytest.mark.django_db
SENT = AWARD + 10 * MINUTE


class Killed(BaseException):
    """The worker is gone."""


@pytest.fixture
def product(db: None) -> Product:
    return make_product("phone")


@pytest.fixture
def managers(product: Product) -> list[Member]:
    """Mei reads Chinese, Tom English; nobody else manages the product."""
    found = [make_member("mei", language="zh-hans"), make_member("tom", language="en")]
    for member in found:
        address = f"{member.username}@example.org"
        EmailAddress.objects.create(user=member, email=address, verified=True, primary=True)
    product.managers.set(found)
    return found


@pytest.fixture
def report(product: Product, managers: list[Member]) -> VoteReport:
    return make_report(product, version="6.11.20", ballots=12, features=3)


def test_each_manager_gets_the_first_page_in_their_language(report: VoteReport) -> None:
    assert tell_due(at=AWARD - MINUTE) == []
    assert [tell_due(at=AWARD), tell_due(at=AWARD + MINUTE)] == [[report.build_id], []]
    assert [send_all_due(AWARD), send_all_due(SENT), send_all_due(SENT)] == [0, 2, 0]
    chinese, english = sorted(mail.outbox, key=lambda sent: sent.to)
    assert (chinese.subject, english.subject) == (
        "6.11.20 的体验报告汇总出来了",
        "The vote report on 6.11.20 is ready",
    )
    assert "哪里不给力" in chinese.body
    assert f"Ballots: {report.ballots}" in english.body
    assert "/reports/6.11.20/report.pdf" in english.body


def test_pictures_lie_inside_of_the_mail_and_have_words(report: VoteReport) -> None:
    tell_due(at=AWARD)
    send_all_due(SENT)
    raw: Message = mail.outbox[0].message()
    pictures = [part for part in raw.walk() if part.get_content_type() == "image/png"]
    html = str(mail.outbox[0].alternatives[0][0])
    assert raw.get_content_type() == "multipart/related"
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(pictures) == 3
    for picture in pictures:
        assert f'src="cid:{picture["Content-ID"][1:-1]}"' in html
        assert picture.get_payload(decode=True)[:4] == b"\x89PNG"
    assert html.count('alt=""') == 0


def test_who_reads_the_notice_first_gets_the_mail_nevertheless(
    report: VoteReport, managers: list[Member]
) -> None:
    tell_due(at=AWARD)
    reading.read_all(member=managers[0], at=AWARD)
    assert send_all_due(SENT) == 2


@pytest.mark.parametrize("reason", ["not theirs any more", "switched off"])
def test_who_may_not_or_will_not_read_it_gets_none(
    report: VoteReport, managers: list[Member], reason: str
) -> None:
    tell_due(at=AWARD)
    if reason == "switched off":
        choosing.switch_off(member=managers[0], kind="reports.ready", channel="email")
    else:
        report.build.product.managers.remove(managers[0])
    send_all_due(SENT)
    assert [sent.to for sent in mail.outbox] == [["tom@example.org"]]


def test_an_old_report_is_no_news(report: VoteReport) -> None:
    assert tell_due(at=AWARD + timedelta(days=4)) == []


def kill_after(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The worker dies when so many mails have gone out."""
    send = EmailBackend.send_messages

    def send_and_die(self: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        if len(mail.outbox) == number:
            raise Killed
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_and_die)


@pytest.mark.parametrize("defence", [True, False])
def test_a_worker_killed_between_two_managers(
    report: VoteReport, monkeypatch: pytest.MonkeyPatch, *, defence: bool
) -> None:
    tell_due(at=AWARD)
    with monkeypatch.context() as patch:
        kill_after(patch, 1)
        with pytest.raises(Killed):
            send_all_due(SENT)
    (first,) = mail.outbox
    if not defence:  # control: nobody knows who has had theirs
        Delivery.objects.update(sent_at=None)
    Delivery.objects.update(due_at=SENT)
    send_all_due(SENT + HOUR)
    assert {sent.to[0] for sent in mail.outbox} == {"mei@example.org", "tom@example.org"}
    assert sum(sent.to == first.to for sent in mail.outbox) == (1 if defence else 2)


def test_a_worker_killed_before_it_noted_a_mail_sends_the_same_mail(
    report: VoteReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_due(at=AWARD)
    send_all_due(SENT)
    first = {sent.to[0]: sent.message()["Message-ID"] for sent in mail.outbox}
    Delivery.objects.update(sent_at=None, due_at=SENT)
    send_all_due(SENT + HOUR)
    again = {sent.to[0]: sent.message()["Message-ID"] for sent in mail.outbox[2:]}
    assert first == again
    assert len(set(first.values())) == 2


@pytest.mark.parametrize("defence", [True, False])
def test_a_worker_killed_while_telling(
    report: VoteReport, monkeypatch: pytest.MonkeyPatch, *, defence: bool
) -> None:
    tell_due(at=AWARD)
    ReportTelling.objects.all().delete()  # as if the mark had been lost
    if not defence:  # control: nobody knows who has heard of it
        Heard.objects.all().delete()
    tell_due(at=AWARD + MINUTE)
    assert sum(Notice.objects.values_list("count", flat=True)) == (2 if defence else 4)
