"""What readers and managers type on the pages of an award."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.popcorn.domain import knobs
from community.builds.models import Product
from community.builds.sections import Typed, Values

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


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


class JoyField(forms.IntegerField):
    """Joy points, 0 to 100."""

    def __init__(self, *, label: "StrOrPromise") -> None:
        super().__init__(label=label, min_value=0, max_value=100)


class KnobsForm(forms.Form):
    """The knobs of the award that a product chooses."""

    template = "popcorn/knobs.html"
    # In the order of the joy points: from the worst to the best.
    JOY = ("let_down_most", "let_down", "loved", "loved_most")
    # Kept as shares of one, typed in percent.
    PERCENT = ("floor_share", "co_winner_at")

    bucket_minimum = forms.IntegerField(
        label=_("Ballots needed for the Popcorn Bucket"), min_value=0, max_value=1_000_000
    )
    floor_votes = forms.IntegerField(
        label=_("Votes an engineer needs to be ranked"), min_value=1, max_value=1_000_000
    )
    floor_share = forms.DecimalField(
        label=_("or this share of the ballots in %, if that is more"),
        min_value=0,
        max_value=100,
        decimal_places=1,
    )
    shrinkage = forms.DecimalField(
        label=_("Pull towards the mean (λ)"),
        min_value=Decimal("0.01"),
        max_value=Decimal("99.99"),
        decimal_places=2,
    )
    co_winner_at = forms.DecimalField(
        label=_("Co-winners from this probability, in %"),
        min_value=1,
        max_value=100,
        decimal_places=0,
    )
    loved_most = JoyField(label=_("Joy of “loved most”"))
    loved = JoyField(label=_("Joy of “loved”"))
    let_down = JoyField(label=_("Joy of “let down”"))
    let_down_most = JoyField(label=_("Joy of “let down most”"))

    def __init__(self, _product: Product, values: Values, typed: Typed | None) -> None:
        joy = dict(zip(self.JOY, values[knobs.JOY], strict=True))
        percent = {name: f"{(Decimal(values[name]) * 100).normalize():f}" for name in self.PERCENT}
        super().__init__(typed.data if typed else None, initial=values | joy | percent)

    def values(self) -> Values:
        """What was typed, as plain values; only of a valid form."""
        points = [self.cleaned_data[name] for name in self.JOY]
        shares = {name: self.cleaned_data[name] / 100 for name in self.PERCENT}
        return knobs.values_of(self.cleaned_data | shares | {knobs.JOY: points})
