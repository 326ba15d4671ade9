"""What addresses ask for: a segment, and which ballots to list."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feedback.reports.domain.content import MOODS, VERDICTS
from feedback.reports.domain.listing import Asked
from feedback.reports.domain.themes.words import name_of
from feedback.reports.models import Dimension, Theme
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
    theme = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    ballot = forms.RegexField("^[0-9a-f]{64}$", required=False)
    after = forms.RegexField("^[0-9a-f]{64}$", required=False)

    def asked(self, segment: Segment | None) -> Asked:
        """What a valid form asks for."""
        given: dict[str, Any] = {
            name: answer or None for name, answer in self.cleaned_data.items() if name != "after"
        }
        return Asked(segment=segment, **given)


class RenameForm(forms.Form):
    """What a theme is called from now on."""

    name = forms.CharField(label=_("Name"), max_length=80)


class MergeForm(forms.Form):
    """Which theme of the same report and cell this one belongs to."""

    into = forms.ModelChoiceField(label=_("Belongs to"), queryset=Theme.objects.none())

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = Theme.objects.filter(report=theme.report_id, side=theme.side).exclude(pk=theme.pk)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        into.queryset = beside.told().largest_first()


class SplitForm(forms.Form):
    """The word that tells the comments apart."""

    word = forms.ChoiceField(label=_("Comments that say"))

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_chinese = (get_language() or "").startswith("zh")
        word = self.fields["word"]
        assert isinstance(word, forms.ChoiceField)  # noqa: S101 - for the type checker
        word.choices = [
            (each, f"{name_of(each).zh if is_chinese else name_of(each).en} ({share:.0%})")
            for each, share in theme.centre.items()
            if share < 1 and not each.startswith("@")
        ]
