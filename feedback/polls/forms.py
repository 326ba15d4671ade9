"""What is typed about a poll: the question, a new option, a picture."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build
from community.text.whole import number
from feedback.polls.domain.questions import Question, check
from feedback.polls.domain.refusals import BadQuestion
from feedback.polls.models import MOST_OPTIONS, OPTION_LENGTH, TITLE_LENGTH, Poll

TYPED = "%Y-%m-%dT%H:%M"
LATEST_BUILDS = 12
# One list for people: a ranked poll is one of its methods.
WAYS = {
    "single": _("One choice"),
    "several": _("Several choices"),
    "schulze": _("Ranking, counted by the Schulze method"),
    "runoff": _("Ranking, counted by instant run-off"),
}
_NEEDS = {"level": "level", "voted": "build", "group": "group"}


def _moment(label: Any, help_text: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        input_formats=[TYPED],
        widget=forms.DateTimeInput(format=TYPED, attrs={"type": "datetime-local"}),
        help_text=help_text,
    )


class PollForm(forms.Form):
    """A new poll. `question()` is what was typed."""

    title = forms.CharField(label=_("What to ask"), max_length=TITLE_LENGTH)
    options = forms.CharField(
        label=_("Options"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line. Pictures can be put to them afterwards."),
    )
    way = forms.ChoiceField(
        label=_("How members answer"),
        choices=list(WAYS.items()),
        initial="single",
        widget=forms.RadioSelect,
    )
    fewest = forms.IntegerField(
        label=_("At least so many options"), min_value=1, max_value=MOST_OPTIONS, required=False
    )
    most = forms.IntegerField(
        label=_("At most so many options"),
        min_value=1,
        max_value=MOST_OPTIONS,
        required=False,
        help_text=_("Of several choices and rankings. Empty: as many as one likes."),
    )
    opens_at = _moment(_("Opens"), _("In your time zone. Empty: at once."))
    closes_at = _moment(_("Closes"), _("Empty: when you end it."))
    eligibility = forms.ChoiceField(label=_("Who votes"), choices=Poll.Eligibility.choices)
    level = forms.IntegerField(label=_("Level"), min_value=1, max_value=5, required=False)
    build = forms.ModelChoiceField(Build.objects.none(), label=_("Build"), required=False)
    group = forms.ModelChoiceField(Group.objects.order_by("name"), label=_("Group"), required=False)
    results = forms.ChoiceField(
        label=_("Results are shown"),
        choices=Poll.Results.choices,
        help_text=_("The same for everybody, you too."),
    )
    has_open_votes = forms.BooleanField(
        label=_("Show who chose what, to whoever sees results"), required=False
    )
    takes_additions = forms.BooleanField(label=_("I may add options later"), required=False)

    def __init__(self, data: Any = None, *, at: datetime) -> None:
        super().__init__(data)
        self.at = at
        latest = Build.objects.public().order_by("-published_at").values("pk")[:LATEST_BUILDS]
        chosen = Build.objects.filter(pk__in=latest).select_related("product")
        self.fields["build"].queryset = chosen.order_by("-published_at")  # type: ignore[attr-defined]  # fields are kept without their kinds

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines()]
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                check(self.question(), self.at)
            except BadQuestion as bad:
                field = bad.field if bad.field in self.fields else None
                self.add_error(field, str(bad))
        return data

    def question(self) -> Question:
        """What was typed; of what the eligibility does not ask for, nothing."""
        data = self.cleaned_data
        is_single, eligibility = data["way"] == "single", data["eligibility"]
        is_ranked = data["way"] in Poll.Method.values
        wanted = _NEEDS.get(eligibility)
        return Question(
            title=data["title"],
            options=data["options"],
            kind=Poll.Kind.RANKED if is_ranked else data["way"],
            method=data["way"] if is_ranked else "",
            fewest=1 if is_single else data["fewest"] or 1,
            most=1 if is_single else data["most"] or MOST_OPTIONS,
            opens_at=data["opens_at"],
            closes_at=data["closes_at"],
            eligibility=eligibility,
            level=(data["level"] or 0) if wanted == "level" else 0,
            build=data["build"] if wanted == "build" else None,
            group=data["group"] if wanted == "group" else None,
            results=data["results"],
            is_secret=not data["has_open_votes"],
            takes_additions=data["takes_additions"],
        )


class OptionForm(forms.Form):
    """One more option."""

    text = forms.CharField(label=_("New option"), max_length=OPTION_LENGTH)
    file = forms.FileField(label=_("Picture"), required=False)


class PictureForm(forms.Form):
    """A picture for an option."""

    file = forms.FileField(label=_("Picture"))


class BadRanking(Exception):
    """Two options at one place, or a place that is no number; ``str()`` says so."""


def options_in(data: Any) -> list[int]:
    """The options a vote's form names, in order: `option` values, or `rank-12` = 1, 2, 3.

    Places may leave gaps. Raises BadRanking.
    """
    ranks: dict[int, int] = {}
    for name, place in data.items():
        if name.startswith("rank-") and place:
            option, rank = _number(name.removeprefix("rank-")), _number(place)
            if rank in ranks:
                raise BadRanking(_("Two options stand at the same place."))
            ranks[rank] = option
    if ranks:
        return [ranks[rank] for rank in sorted(ranks)]
    return [_number(option) for option in data.getlist("option")]


def _number(text: str) -> int:
    found = number(text)
    if found is None:
        raise BadRanking(_("This is no option of the poll."))
    return found
