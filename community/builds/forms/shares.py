"""How an installed base splits into device families."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from community.builds.models import Build

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class ShareField(forms.DecimalField):
    """A share of the installed base in percent, two decimals; may be left empty."""

    def __init__(self, *, label: "StrOrPromise", initial: str | None = None) -> None:
        super().__init__(
            label=label,
            initial=initial,
            required=False,
            min_value=0,
            max_value=100,
            max_digits=5,
            decimal_places=2,
            widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        )


class ShareForm(forms.Form):
    """A share for each device family of the product; all empty, the whole base counts as one."""

    def __init__(self, *args: Any, build: Build, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = dict(build.installed_shares.values_list("family", "share"))
        families = build.product.devices.order_by("family").values_list("family", flat=True)
        self.families = list(dict.fromkeys([*families, *typed]))
        for place, family in enumerate(self.families):
            share = typed.get(family)
            self.fields[f"share-{place}"] = ShareField(
                label=family, initial=None if share is None else _plain(share * 100)
            )

    def clean(self) -> dict[str, Any]:
        shares: dict[str, Decimal] = {}
        for place, family in enumerate(self.families):
            share = self.cleaned_data.get(f"share-{place}")
            if share is not None:
                shares[family] = share / 100
        if shares and (together := sum(shares.values())) != 1:
            self.add_error(
                None,
                _("The shares sum to %(sum)s %%; they must sum to 100 %%.")
                % {"sum": _plain(together * 100)},
            )
        return {"shares": shares}


def _plain(figure: Decimal | int) -> str:
    """30.00 → 30, never 3E+1."""
    return f"{Decimal(figure).normalize():f}"
