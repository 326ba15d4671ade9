"""The settings of a product."""

from typing import TYPE_CHECKING, Any
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

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

# What a verdict is worth when a product says nothing else, from the worst to the best.
JOY = {"joy_let_down_most": 0, "joy_let_down": 30, "joy_loved": 70, "joy_loved_most": 100}


class JoyField(forms.IntegerField):
    """Joy points, 0 to 100."""

    def __init__(self, *, label: "StrOrPromise") -> None:
        super().__init__(label=label, min_value=0, max_value=100)


class ProductForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, zone, who may vote, and the knobs of the award."""

    time_zone = forms.ChoiceField(label=_("Time zone"))
    joy_loved_most = JoyField(label=_("Joy of “loved most”"))
    joy_loved = JoyField(label=_("Joy of “loved”"))
    joy_let_down = JoyField(label=_("Joy of “let down”"))
    joy_let_down_most = JoyField(label=_("Joy of “let down most”"))

    class Meta:
        model = Product
        fields = (
            "name",
            "tagline",
            "requires_verified_install",
            "requires_older_account",
            "award_bucket_minimum",
            "award_floor_votes",
            "award_floor_share",
            "award_shrinkage",
            "award_co_winner_at",
        )
        labels = {
            "name": pgettext_lazy("product", "Name"),
            "award_bucket_minimum": _("Ballots needed for the Popcorn Bucket"),
            "award_floor_votes": _("Votes an engineer needs to be ranked"),
            "award_floor_share": _("or this share of the ballots, if that is more"),
            "award_shrinkage": _("Pull towards the mean (λ)"),
            "award_co_winner_at": _("Co-winners from this probability"),
        }

    def __init__(self, data: QueryDict | None, *, instance: Product) -> None:
        points = instance.award_joy_points or list(JOY.values())
        initial = dict(zip(JOY, points, strict=True)) | {"time_zone": instance.time_zone}
        super().__init__(data, instance=instance, initial=initial)
        zones = sorted({instance.time_zone, *available_timezones()})
        time_zone = self.fields["time_zone"]
        assert isinstance(time_zone, forms.ChoiceField)  # noqa: S101 - for the type checker
        time_zone.choices = [(zone, zone) for zone in zones]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        points: list[int] = [cleaned[name] for name in JOY if name in cleaned]
        if points and (points != sorted(points) or points[0] == points[-1]):
            self.add_error("joy_loved_most", _("Joy has to grow from let down to loved."))
        return cleaned

    def settings(self) -> Settings:
        """What was typed; only of a valid form."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in JOY}
        return Settings(**typed, award_joy_points=[self.cleaned_data[name] for name in JOY])


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
