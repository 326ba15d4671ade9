"""What managers type when they steer an award."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why an award is withheld or corrected; everybody will read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody will read it."),
    )


class OverrideForm(forms.Form):
    """Which discount is taken back, and why; a second manager confirms it."""

    block = forms.RegexField(r"^(?:loved|let_down):\d+ (?:loved|let_down):\d+ (?:\d+|-)$")
    reason = forms.CharField(label=_("Reason"), max_length=500)


class ReceiptForm(forms.Form):
    """A receipt as the ballot page gave it: 64 hexadecimal digits."""

    receipt = forms.RegexField(
        r"^\s*[0-9a-fA-F]{64}\s*$",
        label=_("Your receipt"),
        strip=True,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={"invalid": _("A receipt has 64 digits, 0 to 9 and a to f.")},
    )
