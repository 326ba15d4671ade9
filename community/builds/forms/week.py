"""When a build goes out, and every edge of its week."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.builds.domain.calendar import EDGES
from community.builds.domain.week.planning import is_reached, label
from community.builds.models import Build

TYPED = "%Y-%m-%dT%H:%M"


class ReleaseForm(forms.Form):
    """The release day."""

    release_on = forms.DateField(
        label=_("Release day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class WeekForm(forms.Form):
    """Every edge of a build's week, in the zone that is current; what was reached stands."""

    def __init__(self, *args: Any, build: Build, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.build = build
        for edge in EDGES:
            self.fields[edge] = forms.DateTimeField(
                label=label(edge)[:1].upper() + label(edge)[1:],
                initial=getattr(build, edge),
                disabled=is_reached(build, edge, at),
                input_formats=[TYPED],
                widget=forms.DateTimeInput(format=TYPED, attrs={"type": "datetime-local"}),
            )

    def moves(self) -> dict[str, datetime]:
        """The edges that were changed, to the minute; only of a valid form."""
        return {edge: self.cleaned_data[edge] for edge in self._changed()}

    def _changed(self) -> Iterable[str]:
        return (
            edge
            for edge in EDGES
            if not self.fields[edge].disabled
            and self.cleaned_data[edge] != _to_the_minute(getattr(self.build, edge))
        )


def _to_the_minute(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(second=0, microsecond=0)
