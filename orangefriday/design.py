"""The living style page: every piece of the design system in all its states."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from orangefriday.display.faces import COLOURS
from orangefriday.display.week import Stage, WeekStrip

NOW = datetime(2026, 11, 22, 12, 48, tzinfo=UTC)  # the same every day, so that pictures compare
PEOPLE = ("林浩", "赵一鸣", "R. Rao", "梅", "LB (Ben Johnston)", "Søren", "王磊", "橙子")
MOODS = (("happy", "happy"), ("in_love", "in love"), ("hopeful", "hopeful"), ("sad", "sad"))
AGO = (
    *({"seconds": 20}, {"minutes": 4}, {"hours": 3}, {"days": 1}, {"days": 3}, {"days": 40}),
    *({"days": 400}, {"minutes": -12}, {"days": -1}, {"days": -9}),
)
FEATURES = (
    # title, engineers, named, loved, let down, joy, its interval, change
    ("Call recording finds the name", PEOPLE[:2], 6840, 0.91, 0.09, 84.4, "83.6–85.1", "up"),
    ("Lock screens follow the sunset", PEOPLE[3:4], 2214, 0.82, 0.18, 78.0, "76.2–79.6", ""),
    ("Battery saver learns", PEOPLE[2:8], 5127, 0.39, 0.61, 41.3, "40.1–42.6", "down"),
)


class SampleForm(forms.Form):
    """One field of each kind, sent half wrong."""

    title = forms.CharField(help_text="Four characters are enough.", max_length=60)
    version = forms.CharField(error_messages={"required": "Say which build you mean."})
    area = forms.ChoiceField(choices=[("", "Choose"), ("phone", "Phone"), ("power", "Power")])
    body = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    channel = forms.ChoiceField(
        choices=[("weekly", "Weekly"), ("stable", "Stable")], widget=forms.RadioSelect
    )
    devices = forms.MultipleChoiceField(
        choices=[("5", "mi 5"), ("5s", "mi 5s"), ("note", "Note")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    published_on = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}), required=False, disabled=True
    )
    notes = forms.FileField(required=False)
    follow = forms.BooleanField(required=False, help_text="You can stop at any time.")


def sample_week() -> WeekStrip:
    """A Sunday evening: the ballots of the week are open."""
    friday = datetime(2026, 11, 20, 9, tzinfo=UTC)
    edges = [
        ("Wishes", "voted until 15 Nov", -14 * 24, -5 * 24),
        ("Building", "Mon – Wed", -4 * 24, -45),
        ("Inner test", "Thu 19 Nov", -45, 0),
        ("Orange Friday", "20 Nov, 17:00", 0, 7),
        ("Four-grid report", "closes Tue 24:00", 7, 4 * 24 + 7),
        ("Popcorn", "Wed 10:00", 4 * 24 + 7, 5 * 24),
    ]
    stages = tuple(
        Stage(
            name=name,
            detail=detail,
            starts_at=friday + timedelta(hours=begins),
            ends_at=friday + timedelta(hours=ends),
            moment=friday + timedelta(hours=ends),
        )
        for name, detail, begins, ends in edges
    )
    return WeekStrip(stages=stages, at=NOW, deadline=stages[4].ends_at)


def style_page(request: HttpRequest) -> HttpResponse:
    """For those who build the site: 404 for everybody else."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    context = {
        "now": NOW,
        "strip": sample_week(),
        "people": PEOPLE,
        "colours": range(COLOURS),
        "moods": MOODS,
        "moments": [NOW - timedelta(**ago) for ago in AGO],
        "closes_at": datetime(2026, 11, 24, 16, tzinfo=UTC),
        "page": Paginator(range(300), 25).page(6),
        "form": SampleForm({"title": "橙色星期五", "channel": "weekly", "devices": ["5"]}),
        "features": FEATURES,
    }
    return render(request, "orangefriday/design.html", context)
