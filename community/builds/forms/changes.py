"""One change of the list, and who built which share of it."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.builds.domain.features import Change
from community.builds.models import Credit, Feature
from community.builds.models.engineer import LONGEST_NAME

_SEPARATORS = re.compile(r"[,，、;；]")


class FeatureForm(forms.Form):
    """What is said of a change."""

    title = forms.CharField(label=_("Title"), max_length=300)
    area = forms.CharField(
        label=_("Area"),
        max_length=60,
        required=False,
        help_text=_("Camera, SMS, battery: what readers look for."),
        widget=forms.TextInput(attrs={"list": "areas"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Feature.Kind.choices)
    body = forms.CharField(
        label=_("Description"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Markdown, if there is more to say."),
    )
    references = forms.CharField(
        label=_("References"),
        max_length=500,
        required=False,
        help_text=_("Issue or pull request numbers, with commas between."),
    )

    def clean_references(self) -> tuple[str, ...]:
        return _split(self.cleaned_data["references"])

    def change(self) -> Change:
        """The change as typed; only of a valid form."""
        return Change(**self.cleaned_data)


class CreditForm(forms.Form):
    """One engineer with a share."""

    engineer = forms.CharField(
        label=_("Engineer"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"list": "engineers", "autocomplete": "off"}),
    )
    share = forms.DecimalField(
        label=_("Share"),
        required=False,
        min_value=Decimal("0.0001"),
        max_value=1,
        decimal_places=4,
        max_digits=5,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


CreditFormSet = forms.formset_factory(CreditForm, extra=2, max_num=50, can_delete=True)


def credit_rows(feature: Feature | None) -> list[dict[str, object]]:
    """The rows a change's credits begin with, the largest share first."""
    if feature is None:
        return []
    signed = Credit.objects.filter(feature=feature).select_related("engineer")
    return [
        {"engineer": credit.engineer.name, "share": credit.share.normalize()}
        for credit in signed.order_by("-share", "pk")
    ]


def typed_credits(rows: Iterable[dict[str, Any]]) -> list[tuple[str, Decimal | None]]:
    """Names with shares out of a valid formset; rows left empty or taken out are not there."""
    return [
        (row["engineer"], row.get("share"))
        for row in rows
        if row.get("engineer") and not row.get("DELETE")
    ]


class SignForm(forms.Form):
    """Who built the changes nobody is named for yet: a field each."""

    def __init__(self, *args: Any, features: Iterable[Feature], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.features = {f"names-{feature.pk}": feature for feature in features}
        for name, feature in self.features.items():
            self.fields[name] = forms.CharField(
                label=feature.title,
                required=False,
                max_length=500,
                widget=forms.TextInput(
                    attrs={"class": "input", "list": "engineers", "autocomplete": "off"}
                ),
            )

    def named(self) -> dict[Feature, tuple[str, ...]]:
        """The changes somebody was named for, with the names; only of a valid form."""
        named = {f: _split(self.cleaned_data[name]) for name, f in self.features.items()}
        return {feature: names for feature, names in named.items() if names}


def _split(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))
