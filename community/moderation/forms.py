"""What people type at the moderators' desk, and when they report something."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.moderation import subjects
from community.moderation.domain.settling import Penalty
from community.moderation.models import Case, Note, Report, Sanction, WatchedWord
from community.moderation.queries import Filters

HOURS = [(24, _("1 day")), (72, _("3 days")), (168, _("a week")), (720, _("30 days"))]


class ReportForm(forms.ModelForm):
    class Meta:
        model = Report
        fields = ("reason", "words")
        widgets = {"reason": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"words": _("Only moderators read it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Report.Reason.choices  # type: ignore[attr-defined]  # fields are kept without their kinds


class FilterForm(forms.Form):
    """The queue's filters, from the address; what it does not know is left out."""

    state = forms.ChoiceField(choices=Case.State.choices, required=False)
    cause = forms.ChoiceField(choices=Case.Cause.choices, required=False)
    reason = forms.ChoiceField(choices=Report.Reason.choices, required=False)
    board = forms.SlugField(required=False)
    mine = forms.BooleanField(required=False)

    def filters(self) -> Filters:
        self.is_valid()
        chosen = self.cleaned_data
        return Filters(
            state=chosen.get("state", ""),
            cause=chosen.get("cause", ""),
            reason=chosen.get("reason", ""),
            board=chosen.get("board", ""),
            is_mine=chosen.get("mine", False),
        )


def _decisions() -> list[tuple[str, str]]:
    """Each outcome alone, and with a step of the ladder: "hidden+silence"."""
    steps = ["", *(f"+{step}" for step in Sanction.Step.values)]
    return [(f"{outcome}{step}", "") for outcome in Case.Outcome.values for step in steps]


class SettleForm(forms.Form):
    """How a case is settled; each button sends one decision."""

    answer = forms.CharField(
        label=_("What the author is told"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for a warning, silence or suspension."),
    )
    hours = forms.TypedChoiceField(
        label=_("Silence and suspension last"),
        coerce=int,
        choices=HOURS,
        required=False,
        empty_value="24",
    )
    decision = forms.ChoiceField(choices=_decisions, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outcome, _plus, step = data.get("decision", "").partition("+")
        if step and not data.get("answer", "").strip():
            self.add_error("answer", _("Say why: the member reads it."))
        return data | {"outcome": outcome, "step": step}

    @property
    def penalty(self) -> Penalty | None:
        step = self.cleaned_data["step"]
        return Penalty(step, self._hours) if step else None

    @property
    def _hours(self) -> int:
        lasts = self.cleaned_data["step"] != Sanction.Step.WARNING
        return int(self.cleaned_data["hours"]) if lasts else 0


def _submission_key() -> forms.UUIDField:
    """Known again when the form is sent twice."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class SanctionForm(forms.Form):
    step = forms.ChoiceField(label=_("Step"), choices=Sanction.Step.choices)
    hours = forms.TypedChoiceField(
        label=_("It lasts"), coerce=int, choices=HOURS, help_text=_("A warning has no end.")
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The member reads it."),
    )
    submission_key = _submission_key()


class NoteForm(forms.ModelForm):
    submission_key = _submission_key()

    class Meta:
        model = Note
        fields = ("words",)
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}


class AppealForm(forms.ModelForm):
    appeal = forms.CharField(
        label=_("Your appeal"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Another moderator reads it. You can appeal once."),
    )

    class Meta:
        model = Sanction
        fields = ("appeal",)


def _boards() -> list[tuple[str, str | Promise]]:
    return [("", _("every board")), *subjects.board_names().items()]


class WordForm(forms.ModelForm):
    board = forms.ChoiceField(label=_("Board"), choices=_boards, required=False)

    class Meta:
        model = WatchedWord
        fields = ("pattern", "action", "rule", "board", "text", "is_active")
        help_texts = {
            "pattern": _("Plain letters or Han; how it is dressed up makes no difference."),
            "rule": _("As in “No advertising”. Members never read the word itself."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = WatchedWord.Action.choices  # type: ignore[attr-defined]  # fields are kept without their kinds

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("action") == WatchedWord.Action.ANSWER and not data.get("text"):
            self.add_error("text", _("An answer needs words."))
        return data


class TryForm(forms.Form):
    tried = forms.CharField(
        label=_("A text to try"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    board = forms.ChoiceField(label=_("On the board"), choices=_boards, required=False)
