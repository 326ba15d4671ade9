"""Gifts as moderators see them, and what the staff log calls what is done to them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from community.gifts.domain import moderating
from community.gifts.domain.giving import KIND
from community.gifts.models import Gift
from community.members.models import Member
from community.members.permissions import User, is_member
from community.moderation.acts import Act
from community.moderation.models import LogEntry
from community.moderation.subjects import Look, Subject


def _looks(ids: Collection[int]) -> Mapping[int, Look]:
    return {
        gift.pk: Look(
            title=str(gift),
            url=gift.get_absolute_url(),
            html=format_html(
                '<p><img src="{}" alt=""></p><p class="pre-line">{}</p>',
                gift.picture.thumbnail,
                gift.words,
            ),
            author=gift.member,
            is_hidden=gift.hidden_at is not None,
        )
        for gift in Gift.objects.with_people().filter(pk__in=ids)
    }


def _may_report(user: User, pk: int) -> bool:
    """What one may see, but did not give."""
    gift = Gift.objects.visible().filter(pk=pk).first()
    return gift is not None and is_member(user) and gift.member_id != user.pk


def _hide(pk: int, by: Member, reason: str, at: datetime) -> None:
    moderating.hide(gift=_gift(pk), by=by, reason=reason, at=at)


def _show(pk: int, by: Member, reason: str, at: datetime) -> None:
    moderating.show(gift=_gift(pk), by=by, at=at)


def _approve(pk: int, by: Member, reason: str, at: datetime) -> None:
    moderating.approve(gift=_gift(pk), by=by, at=at)


def _refuse(pk: int, by: Member, reason: str, at: datetime) -> None:
    moderating.refuse(gift=_gift(pk), by=by, reason=reason, at=at)


def _gift(pk: int) -> Gift:
    return Gift.objects.with_people().get(pk=pk)


def _undo_hiding(entry: LogEntry, by: Member, at: datetime) -> None:
    gift = _gift(int(entry.subject.rpartition(":")[2]))
    moderating.show(gift=gift, by=by, at=at, undoes=entry)


GIFTS = Subject(
    kind=KIND,
    label=_("gift"),
    look=_looks,
    may_report=_may_report,
    hide=_hide,
    show=_show,
    approve=_approve,
    refuse=_refuse,
)
ACTS = (
    Act(name="approve_gift", label=_("approved a gift")),
    Act(name="refuse_gift", label=_("refused a gift"), undo=_undo_hiding),
    Act(name="hide_gift", label=_("hid a gift"), undo=_undo_hiding),
    Act(name="show_gift", label=_("showed a gift")),
)
