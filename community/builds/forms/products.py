"""What a product is called, and its calendar."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.builds.domain import calendar, product_week
from community.builds.domain.calendar import FARTHEST, WEEK
from community.builds.domain.refusals import Invalid
from community.builds.domain.week.planning import label
from community.builds.models import Product
from community.builds.sections import Typed, Values


class ProductForm(forms.ModelForm):
    """What a product is called."""

    class Meta:
        model = Product
        fields = ("name", "tagline")
        labels = {"name": pgettext_lazy("product", "Name")}


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


class CalendarForm(forms.Form):
    """The zone and every edge of a product's week."""

    template = "builds/calendar.html"

    time_zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, _product: Product, values: Values, typed: Typed | None) -> None:
        data = typed.data if typed else None
        super().__init__(data, initial={"time_zone": values["time_zone"]})
        zones = sorted({values["time_zone"], *available_timezones()})
        time_zone = self.fields["time_zone"]
        assert isinstance(time_zone, forms.ChoiceField)  # noqa: S101 - for the type checker
        time_zone.choices = [(zone, zone) for zone in zones]
        rules = calendar.rules(values["rules"])
        self.begin = [
            {"edge": edge, "days": days, "clock": clock} for edge, (days, clock) in rules.items()
        ]
        self.rows: Any = RuleFormSet(data, initial=self.begin, prefix="week")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.rows.is_valid():
            self.add_error(None, _("See the table below."))
        elif "time_zone" in cleaned:
            try:
                product_week.check(self.values())
            except Invalid as refusal:
                self.add_error(None, str(refusal))
        return cleaned

    def values(self) -> Values:
        """What was typed; only of a valid form."""
        rows = self.rows.cleaned_data
        rules = {row["edge"]: (row["days"], row["clock"]) for row in rows}
        return product_week.values_of(self.cleaned_data["time_zone"], rules)
