"""The words for what a report holds in short codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.reports.domain.content import MoodName, Movement, Quadrant, Signal, Verdict

QUADRANTS: dict[Quadrant, str | Promise] = {
    "loved_by_many": _("loved by many"),
    "hidden_gem": _("hidden gem"),
    "hurts_many": _("hurts many: fix now"),
    "hurts_few": _("hurts few"),
}
MOODS: dict[MoodName, str | Promise] = {
    "in_love": _("in love"),
    "happy": _("happy"),
    "hopeful": _("hopeful"),
    "sad": _("sad"),
}
VERDICTS: dict[Verdict, str | Promise] = {
    "loved_most": _("loved most"),
    "loved": _("loved"),
    "let_down": _("let down"),
    "let_down_most": _("let down most"),
}
CELLS: dict[str, str | Promise] = {
    "mood": _("mood"),
    "loved": _("loved most"),
    "let_down": _("let me down"),
    "wishes": _("looking forward to"),
}
MOVEMENTS: dict[Movement, str | Promise] = {
    "better": _("▲ beyond noise"),
    "worse": _("▼ beyond noise"),
    "steady": _("steady"),
    "new": pgettext_lazy("an area", "new"),
    "early": _("too early to say"),
}
CHANGES: dict[Movement, str] = {
    "better": "change-up",
    "worse": "change-down",
    "steady": "change-none",
    "new": "change-none",
    "early": "change-none",
}
# How many say so, against the build before.
TREND_WORDS: dict[str, str | Promise] = {
    "more": _("▲ more than on the last build"),
    "fewer": _("▼ fewer than on the last build"),
    "steady": _("as on the last build"),
    "new": _("new on this build"),
}
# Of a control chart: the class of the words, and the words.
SIGNALS: dict[Signal, tuple[str, str | Promise]] = {
    "better": ("change-up", _("▲ better than usual")),
    "worse": ("change-down", _("▼ worse than usual")),
    "drifts_better": ("change-up", _("▲ better for eight builds")),
    "drifts_worse": ("change-down", _("▼ worse for eight builds")),
    "steady": ("change-none", _("as usual")),
    "early": ("change-none", _("too early to say")),
}
