"""A worker is killed while it mails Wednesday's report: each manager gets that mail, and no other.

Killed after the mail server said yes and before that was noted, it sends the same mail once more
(docs/decisions/0058-wednesday-mail.md): mail programs show one.
"""

from datetime import timedelta
from email.utils import make_msgid
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from community.notices import mails
from community.notices.domain import sending
from community.notices.models import Delivery, DeliveryQuerySet
from community.notices.tasks import send_all_due
from feedback.reports.domain.telling import tell_due
from tests.faults import checker, defences, post, victim
from tests.faults.checker import Damage
from tests.faults.world import make_members, make_product, make_report

MANAGERS = 3
SOON, LATER = timedelta(minutes=11), timedelta(hours=2)


def wednesday(at):
    tell_due(at=at)
    send_all_due(at + SOON)


@pytest.fixture(scope="module")
def product(site):
    return make_product()


@pytest.fixture
def folder(tmp_path):
    with post.post(tmp_path):
        yield tmp_path


@pytest.fixture
def disturb(site, product, folder, chance):
    """Kills who tells and mails, then does what is due; gives the damage found, and mails twice.

    Killed as `victim.break_off` does it, or right after so many mails were accepted.
    """

    def run(act=wednesday, *, course_of=wednesday, mail=0, before_end=0):
        product.managers.set(make_members(MANAGERS))
        report, at = make_report(product), timezone.now()
        course = victim.measure(lambda: course_of(at))
        post.empty(folder)
        if mail:
            with post.killed_at_mail(mail):
                victim.wait(victim.fork(site, lambda: act(at)))
        else:
            victim.break_off(site, lambda: act(at), course, chance=chance, before_end=before_end)
        unseen = post.accepted(folder).total() - noted(report)
        wednesday(at + LATER)
        accepted = post.accepted(folder)
        with site.connect() as database:
            found = checker.told(database, report.pk) + checker.at_rest(database)
        return found + wrong(accepted, addresses(product), unseen), accepted.total() - MANAGERS

    return run


def noted(report):
    return Delivery.objects.filter(
        notice__about=f"report:{report.pk}", sent_at__isnull=False
    ).count()


def addresses(product):
    return set(
        EmailAddress.objects.filter(user__in=product.managers.all()).values_list("email", flat=True)
    )


def wrong(accepted, managers, unseen):
    """What is wrong with the mails, of which so many were accepted without that being noted."""
    ids = {address: {mail for mail in accepted if mail[0] == address} for address in managers}
    twice = accepted.total() - len(accepted)
    return [
        *(Damage("lost", address) for address, own in ids.items() if not own),
        *(Damage("another mail", address) for address, own in ids.items() if len(own) > 1),
        *(Damage("a stranger's", to) for to, _id in accepted if to not in managers),
        *([Damage("doubled", f"{twice} mails")] if twice > min(unseen, 1) else []),
    ]


def test_mail_killed(disturb, chance, figures, turn):
    damage, twice = disturb(mail=chance.choice([0, 0, 0, *range(1, MANAGERS + 1)]))
    assert damage == []
    figures.update({"rounds": 1, "mails sent twice, with one id": twice})


def test_control_told_without_a_transaction(disturb, figures):
    def tell(at):
        tell_due(at=at)

    def tell_apart(at):
        with defences.without_transactions():
            tell(at)

    damage, _twice = disturb(tell_apart, course_of=tell, before_end=1)
    figures.update({"managers never told": sum(found.what == "lost" for found in damage)})
    assert figures["managers never told"] == MANAGERS


DEFENCES = {
    # A claim that is no next attempt: what a dead worker had taken is left lying.
    "lost": lambda: patch.object(sending, "FIRST_RETRY", timedelta(days=99)),
    # Mails noted when all have gone.
    "doubled": lambda: patch.object(DeliveryQuerySet, "update", lambda self, **noted: 1),
    "another mail": lambda: patch.object(mails, "_message_id", lambda name: make_msgid()),
}


@pytest.mark.parametrize("word", DEFENCES)
def test_control_mailed_without_its_defence(disturb, figures, word):
    def act(at):
        with DEFENCES[word]():
            wednesday(at)

    damage, _twice = disturb(act, mail=2)
    figures.update({word: sum(found.what == word for found in damage)})
    assert figures[word]
