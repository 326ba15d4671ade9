"""What addresses ask for: a segment, and which ballots to list."""

from typing import Any

from django import forms
from django.http import QueryDict

from feedback.reports.domain.content import MOODS, VERDICTS
from feedback.reports.domain.listing import Asked
from feedback.reports.models import Dimension
from feedback.reports.queries import Segment

CELLS = ("mood", "loved", "let_down", "wishes")


def segment_in(query: QueryDict) -> Segment | None:
    """The one segment an address names; the first dimension wins."""
    chosen = (Segment(dimension, query.get(dimension, "")) for dimension in Dimension)
    return next((segment for segment in chosen if segment.value), None)


def _choice(*values: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[(value, value) for value in values], required=False)


class BallotsForm(forms.Form):
    """The query of a list of ballots; anything else in it is refused as a whole."""

    mood = _choice(*MOODS)
    feature = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    cell = _choice("loved", "let_down")
    verdict = _choice(*VERDICTS)
    wish = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    comment = _choice("any", "feature", *CELLS)
    after = forms.RegexField("^[0-9a-f]{64}$", required=False)

    def asked(self, segment: Segment | None) -> Asked:
        """What a valid form asks for."""
        given: dict[str, Any] = {
            name: answer or None for name, answer in self.cleaned_data.items() if name != "after"
        }
        return Asked(segment=segment, **given)
