"""Names in forms: refused in the reader's words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.members.domain import accounts
from community.members.models import Member
from community.text import names

_REFUSALS = {
    names.Reason.TOO_SHORT: _("A little longer: at least 2 letters, or one Han character."),
    names.Reason.TOO_LONG: _("A little shorter: at most 20 letters, or 10 Han characters."),
    names.Reason.INVISIBLE: _("There is a character in it that nobody can see (%(detail)s)."),
    names.Reason.CHARACTER: _(
        "“%(detail)s” cannot stand there. Letters, Han characters and digits can;"
        " one of - _ . ' · between them."
    ),
    names.Reason.MIXED_SCRIPTS: _("It mixes alphabets whose letters look alike."),
    names.Reason.RESERVED: _("That name is kept for the site itself."),
}
TAKEN = {
    accounts.LoginNameTaken: ("username", _("Somebody signs in with this name already.")),
    accounts.DisplayNameTaken: (
        "display_name",
        _("Somebody has this name, or one that looks the same."),
    ),
}


def clean_login_name(username: str) -> str:
    """The login name as it is kept. Raises ValidationError in the reader's words."""
    try:
        return accounts.clean_login_name(username)
    except names.NameRefused as refusal:
        raise _said(refusal) from refusal


def _said(refusal: names.NameRefused) -> ValidationError:
    return ValidationError(_REFUSALS[refusal.reason], params={"detail": refusal.detail})


class NameForm(forms.Form):
    """Takes a display name; what only the database can know is added by `add_taken`."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=40,
        help_text=_("What everybody sees. 2–20 letters; a Han character counts as two."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    may_use_reserved_names = False

    def clean_display_name(self) -> str:
        try:
            return names.clean(
                self.cleaned_data["display_name"], is_reserved_allowed=self.may_use_reserved_names
            )
        except names.NameRefused as refusal:
            raise _said(refusal) from refusal

    def refuse_taken(self, display_name: str) -> None:
        """Say early that a name is taken; the database has the last word."""
        if Member.objects.filter(name_skeleton=names.skeleton(display_name)).exists():
            raise ValidationError(TAKEN[accounts.DisplayNameTaken][1])

    def add_taken(self, error: accounts.LoginNameTaken | accounts.DisplayNameTaken) -> None:
        """Say under the right field that a name is taken."""
        self.add_error(*TAKEN[type(error)])
