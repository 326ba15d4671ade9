"""The settings of a product."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.builds.domain import calendar
from community.builds.domain.calendar import FARTHEST, WEEK
from community.builds.domain.products import Settings
from community.builds.domain.week.planning import label
from community.builds.models import Product


class ProductForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, zone, and who may vote."""

    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = Product
        fields = (
            "name",
            "tagline",
            "requires_verified_install",
            "requires_older_account",
        )
        labels = {
            "name": pgettext_lazy("product", "Name"),
        }

    def __init__(self, data: QueryDict | None, *, instance: Product) -> None:
        initial = {"time_zone": instance.time_zone}
        super().__init__(data, instance=instance, initial=initial)
        zones = sorted({instance.time_zone, *available_timezones()})
        time_zone = self.fields["time_zone"]
        assert isinstance(time_zone, forms.ChoiceField)  # noqa: S101 - for the type checker
        time_zone.choices = [(zone, zone) for zone in zones]

    def settings(self) -> Settings:
        """What was typed; only of a valid form."""
        return Settings(**self.cleaned_data)


class RuleForm(forms.Form):
    """One edge of a product's week: days from the release day, and a time up to 24:00."""

    edge = forms.CharField(widget=forms.HiddenInput)
    days = forms.IntegerField(min_value=-FARTHEST, max_value=FARTHEST)
    clock = forms.RegexField(
        r"^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$",
        error_messages={"invalid": _("Write a time like 17:00, at most 24:00.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5, "maxlength": 5}),
    )

    @property
    def label(self) -> str:
        return label(f"{self['edge'].value()}_at")


RuleFormSet = forms.formset_factory(
    RuleForm, extra=0, min_num=len(WEEK), max_num=len(WEEK), validate_min=True
)


def rule_rows(product: Product) -> list[dict[str, object]]:
    """The rows a product's calendar begins with."""
    rules = calendar.rules(product.calendar)
    return [{"edge": edge, "days": days, "clock": clock} for edge, (days, clock) in rules.items()]


def typed_rules(rows: list[dict[str, Any]]) -> dict[str, tuple[int, str]]:
    """The rules out of a valid formset."""
    return {row["edge"]: (row["days"], row["clock"]) for row in rows}
