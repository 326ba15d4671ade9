"""What moderators choose to do to topics."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forum.domain.moderation.bulk import Order
from community.forum.models import TITLE_LENGTH, Board, Topic
from community.forum.permissions import may_read
from community.members.permissions import User

ACTS = {
    "lock": _("lock"),
    "unlock": _("unlock"),
    "lock_later": _("lock later"),
    "pin": _("pin"),
    "unpin": _("unpin"),
    "hide": _("hide"),
    "show": _("show again"),
    "slow": _("slow mode"),
    "move": _("move to another board"),
    "merge": _("merge into another topic"),
}
_NEEDS = {"move": "board", "merge": "into", "lock_later": "days"}


class ActForm(forms.Form):
    """One act, with what it needs."""

    act = forms.ChoiceField(label=_("What to do"), choices=list(ACTS.items()))
    days = forms.IntegerField(
        label=_("Days"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=_("For a pin, or until it locks. A pin without days stays."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes between two replies of a member"),
        min_value=0,
        max_value=7 * 24 * 60,
        required=False,
        help_text=_("For slow mode; 0 ends it."),
    )
    board = forms.ModelChoiceField(
        Board.objects.order_by("position"), label=_("Board to move to"), required=False
    )
    into = forms.ModelChoiceField(
        Topic.objects.select_related("board"),
        label=_("Number of the topic to merge into"),
        required=False,
        widget=forms.NumberInput,
        help_text=_("It stands in the topic's address."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_into(self) -> Topic | None:
        """What one may not read is not there, and its title is not told."""
        into: Topic | None = self.cleaned_data["into"]
        if into and not may_read(self.user, into):
            raise forms.ValidationError(_("There is no such topic."))
        return into

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = _NEEDS.get(data.get("act", ""))
        if needed and not data.get(needed) and needed not in self.errors:
            self.add_error(needed, _("This act needs it."))
        return data

    def order(self) -> Order:
        """What was chosen; only when valid."""
        data = self.cleaned_data
        days = data["days"]
        return Order(
            act=data["act"],
            board=data["board"],
            into=data["into"],
            minutes=data["minutes"] or 0,
            until=timezone.now() + timedelta(days=days) if days else None,
        )


class SplitForm(forms.Form):
    """Which posts become a topic of their own."""

    numbers = forms.RegexField(
        r"^\s*\d{1,8}(\s*[,，、]\s*\d{1,8}){0,199}\s*$",
        label=_("Numbers of the posts"),
        help_text=_("Such as 4, 7, 8. The first post stays."),
    )
    title = forms.CharField(label=_("Title of the new topic"), max_length=TITLE_LENGTH)

    def chosen(self) -> list[int]:
        """The numbers; only when valid."""
        typed = self.cleaned_data["numbers"].replace("，", ",").replace("、", ",")
        return [int(number) for number in typed.split(",")]
