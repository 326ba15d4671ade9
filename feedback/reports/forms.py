"""What addresses ask for: a segment, and which ballots to list."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.builds.models import Engineer
from community.forum.forms.posts import WordsForm
from feedback.reports.domain.content import MOODS, VERDICTS
from feedback.reports.domain.following import Source
from feedback.reports.domain.listing import Asked, ballot_at
from feedback.reports.domain.themes.words import name_of
from feedback.reports.models import Dimension, ReportFile, Theme, VoteReport
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


class ExportForm(forms.Form):
    """A file to make in the background."""

    file = forms.ChoiceField(choices=ReportFile.choices)
    key = forms.UUIDField()


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


class SourceForm(forms.Form):
    """What is followed up: a theme, a feature, or a comment by its ballot's handle and place."""

    theme = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    feature = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    ballot = forms.RegexField("^[0-9a-f]{64}$", required=False)
    place = forms.RegexField(r"^(mood|loved|let_down|wishes|feature:\d{1,18})$", required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not (given.get("theme") or given.get("feature") or given.get("ballot")):
            raise forms.ValidationError("nothing named")
        return given

    def found_in(self, report: VoteReport, *, at: datetime) -> tuple[Source, str] | None:
        """What a valid form names, with the words of a comment; None where it is not there."""
        given = self.cleaned_data
        if pk := given["theme"]:
            theme = report.themes.filter(pk=pk).first()
            return (Source(report=report, theme=theme), "") if theme else None
        if pk := given["feature"]:
            feature = report.build.features.filter(pk=pk).first()
            return (Source(report=report, feature=feature), "") if feature else None
        place = given["place"]
        found = ballot_at(report, given["ballot"], at=at)
        if not found or place not in found[1].comments:
            return None
        pk, row = found
        return Source(report=report, ballot=pk, place=place), row.comments[place]


class FollowForm(forms.Form):
    """What others will read; a proposal may be its title alone."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}), required=False
    )


class BugForm(FollowForm):
    """A topic on the board for bugs, with the device it is about."""

    device = forms.ChoiceField(label=_("Device"), required=False)

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        device = self.fields["device"]
        assert isinstance(device, forms.ChoiceField)  # noqa: S101 - for the type checker
        several = [("", _("Several, or not known"))]
        device.choices = several + [(name, name) for name in source.devices]
        device.initial = source.device
        self.order_fields(["key", "title", "device", "text"])


class NoteForm(FollowForm):
    """A note that only the engineer reads."""

    engineer = forms.ModelChoiceField(label=_("Engineer"), queryset=Engineer.objects.none())

    def __init__(self, *args: Any, engineers: QuerySet[Engineer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        engineer = self.fields["engineer"]
        assert isinstance(engineer, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        engineer.queryset = engineers
        engineer.empty_label = _("Choose an engineer")
        if len(engineers) == 1:
            engineer.initial = engineers[0]
        self.order_fields(["key", "engineer", "title", "text"])


class OfficialReplyForm(WordsForm):
    """What an engineer says to everybody; the key makes a doubled click one post."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["key", "body"]
