"""What managers type of the installed base and of who may vote."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.builds.domain.refusals import Invalid
from community.builds.models import Product
from community.builds.sections import Typed, Values
from feedback.fourgrid.domain import installed_base, reading_base
from feedback.fourgrid.domain.installed_base import HUNDRED, LONGEST_FAMILY, MOST_FAMILIES
from feedback.fourgrid.domain.reading_base import MOST_BYTES, Reading

PREFIX = "rows"
SPARE = 2


class VotingRulesForm(forms.Form):
    """The two rules a product may set."""

    template = "fourgrid/voting_rules.html"

    requires_verified_install = forms.BooleanField(
        label=_("Only members whose device runs the build"),
        help_text=_("The product's updater has to report its installs."),
        required=False,
    )
    requires_older_account = forms.BooleanField(
        label=_("Only accounts older than the build"), required=False
    )

    def __init__(self, _product: Product, values: Values, typed: Typed | None) -> None:
        super().__init__(typed.data if typed else None, initial=values)

    def values(self) -> Values:
        """What was typed; only of a valid form."""
        return dict(self.cleaned_data)


class FamilyForm(forms.Form):
    """A family with its share in percent."""

    family = forms.CharField(
        label=_("Device family"),
        max_length=LONGEST_FAMILY,
        widget=forms.TextInput(attrs={"class": "input", "aria-labelledby": "family"}),
    )
    share = forms.DecimalField(
        label=_("Percent"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        widget=forms.NumberInput(
            attrs={
                "class": "input",
                "step": "any",
                "inputmode": "decimal",
                "aria-labelledby": "share",
            }
        ),
    )


FamilyFormSet = forms.formset_factory(
    FamilyForm, extra=SPARE, max_num=MOST_FAMILIES, validate_max=True, can_delete=True
)


class InstalledBaseForm(forms.Form):
    """The table of families; ``do=read`` fills it from a file or from what was pasted."""

    template = "fourgrid/installed_base.html"

    csv = forms.CharField(
        label=_("Paste lines here"),
        help_text=_("A family and its share on each line: Mi 5, 34.5 %"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("or choose a CSV file"), required=False)

    def __init__(self, _product: Product, values: Values, typed: Typed | None) -> None:
        super().__init__(typed.data if typed else None, typed.files if typed else None)
        self.begin = _rows(installed_base.shares_of(values))
        self.rows: Any = FamilyFormSet(
            typed.data if typed else None, initial=self.begin, prefix=PREFIX
        )
        self.reading: Reading | None = None
        self.is_to_read = typed is not None and typed.data.get("do") == "read"

    def clean(self) -> dict[str, Any]:
        """Either what the file says, or what the table says."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            shares = self._read() if self.is_to_read else self._typed()
            cleaned["shares"] = installed_base.evened(shares)
        except Invalid as refusal:
            self.add_error(None, str(refusal))
        return cleaned

    def _read(self) -> dict[str, Decimal | None]:
        file = self.cleaned_data.get("file")
        text = reading_base.decoded(file.read(MOST_BYTES + 1)) if file else ""
        self.reading = reading_base.read_csv(text or self.cleaned_data.get("csv", ""))
        if not self.reading.is_understood:
            raise Invalid("csv", str(_("Nothing was taken over: see each line below.")))
        shares = self.reading.shares
        # What was understood stands in the table, to be looked at and saved.
        self.rows = FamilyFormSet(initial=_rows(shares), prefix=PREFIX)
        return shares

    def _typed(self) -> dict[str, Decimal | None]:
        if not self.rows.is_valid():
            raise Invalid("shares", str(_("See the table below.")))
        rows = [row for row in self.rows.cleaned_data if row and not row["DELETE"]]
        shares = {
            row["family"]: None if row["share"] is None else row["share"] / HUNDRED for row in rows
        }
        if len(shares) < len(rows):
            raise Invalid("shares", str(_("A family stands in the table twice.")))
        return shares

    def values(self) -> Values:
        """What was typed or read; only of a valid form."""
        return installed_base.values_of(self.cleaned_data["shares"])


def _rows(shares: installed_base.Shares) -> list[dict[str, Any]]:
    return [
        {"family": family, "share": None if share is None else installed_base.percent(share)}
        for family, share in shares.items()
    ]
