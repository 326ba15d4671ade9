"""What a product does not send by mail stays on the site; a preview says whom that reaches."""

import pytest

from community.builds.domain import settings
from community.builds.mail_section import MAIL
from community.builds.models import Product
from community.builds.sections import Question, preview
from community.members.models import Member
from community.notices.kinds import EMAIL, kind_of
from community.notices.matrix import reached, wants
from community.notices.models import Channel, Choice, Delivery, KindRule, Notice, Rhythm
from feedback.reports.domain.telling import READY, tell_due
from tests.community.builds.making import AWARD, make_member
from tests.feedback.reports.making import make_report

pytestmark = pytest.mark.django_db
OFF = {"mails": {"proposals.shipped": True, READY: False}}


def mute(product: Product) -> None:
    settings.change(product=product, section=MAIL, values=OFF, seen=0, by=make_member(), at=AWARD)


@pytest.mark.parametrize("is_muted", [True, False])
def test_a_mail_that_is_off_leaves_the_notice_on_the_site(product: Product, is_muted: bool) -> None:
    manager = make_member()
    product.managers.set([manager])
    make_report(product, ballots=6, features=2)
    if is_muted:
        mute(product)
    tell_due(at=AWARD)
    assert Notice.objects.get(member=manager, kind=READY).is_on_site
    mails = Delivery.objects.filter(notice__member=manager, channel=EMAIL)
    assert mails.exists() != is_muted


def test_a_preview_names_managers_and_counts_mails(product: Product) -> None:
    some = [make_member("mei"), make_member("tom")]
    product.managers.set(some)
    Choice.objects.create(member=some[1], kind=READY, channel=EMAIL, is_on=False)
    build = make_report(product, ballots=6, features=2).build
    asked = {"product": product, "build": build, "at": AWARD}
    seen = preview(MAIL, Question(before=MAIL.read(product), after=OFF, **asked))
    assert [table.name for table in seen.tables] == ["reach", READY]
    named = {row.label: row.changes[0] for row in seen.tables[1].rows}
    assert {name: (change.before, change.after) for name, change in named.items()} == {
        "mei": (True, False),
        "tom": (False, False),
    }


@pytest.mark.parametrize("rule", [None, {"is_allowed": False}, {"is_default": False}])
def test_whom_a_kind_reaches_is_what_each_member_is_told(rule: dict[str, bool] | None) -> None:
    kind, members = kind_of(READY), list[Member]()
    if rule is not None:
        KindRule.objects.create(kind=READY, channel=EMAIL, **rule)
    for is_on in (None, True, False):
        for wants_mail in (True, False):
            member = make_member()
            Rhythm.objects.create(member=member, wants_mail=wants_mail)
            if is_on is not None:
                Choice.objects.create(member=member, kind=READY, channel=EMAIL, is_on=is_on)
            members.append(member)
    told = {
        member.pk
        for member in members
        if wants(member, kind, Channel.EMAIL) and member.notice_rhythm.wants_mail
    }
    assert reached([member.pk for member in members], kind, Channel.EMAIL) == told
