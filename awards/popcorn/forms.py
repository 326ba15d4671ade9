"""What readers and managers type on the pages of an award."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why an award is withheld."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody will read it."),
    )


class CorrectionForm(ReasonForm):
    """Why an award is computed again, and which revision the manager has seen."""

    corrects = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class OverrideForm(forms.Form):
    """Which pattern's discount is to be taken back, and why."""

    pattern = forms.CharField(max_length=100, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=500)


class ReceiptForm(forms.Form):
    """A receipt as the ballot page gave it: 64 hexadecimal digits, spaces between them allowed."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        widget=forms.TextInput(
            attrs={"spellcheck": "false", "autocomplete": "off", "autocapitalize": "off"}
        ),
    )

    def clean_receipt(self) -> bytes:
        """The receipt's 32 bytes."""
        try:
            receipt = bytes.fromhex(self.cleaned_data["receipt"])
        except ValueError:
            receipt = b""
        if len(receipt) != 32:  # noqa: PLR2004 - SHA-256
            raise forms.ValidationError(_("A receipt has 64 digits, 0 to 9 and a to f."))
        return receipt
