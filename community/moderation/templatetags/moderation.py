"""The names of acts in the staff log, and the tabs of the desk."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.moderation import acts, subjects, tabs
from community.moderation.models import Case, LogEntry

register = template.Library()

Outcome = Case.Outcome
_TO_DO = {
    Outcome.KEPT: _("Leave it"),
    Outcome.APPROVED: _("Approve"),
    Outcome.HIDDEN: _("Hide it"),
    Outcome.REFUSED: _("Refuse"),
    Outcome.UPHELD: _("Let it stand"),
    Outcome.LIFTED: _("Lift the sanction"),
}
# Things of the log that nobody reports: "member:zoe" is a member here, though their profile is.
_THINGS = {
    "member": _("member"),
    "case": _("case"),
    "word": _("watched word"),
    "topic": _("topic"),
    "build": _("build"),
}


@register.filter
def thing(entry: LogEntry) -> str:
    """What it was done to, in words: member zoe, post 12."""
    kind, _colon, name = entry.subject.partition(":")
    known = subjects.find(kind)
    return f"{_THINGS.get(kind) or (known.label if known else kind)} {name}".strip()


@register.filter
def act_label(entry: LogEntry) -> str:
    """What was done, in words."""
    return str(acts.find(entry.act).label)


@register.filter
def to_do(outcome: str) -> str | Promise:
    """An outcome as the button says it that settles a case so."""
    return _TO_DO[Outcome(outcome)]


@register.filter
def may_be_undone(entry: LogEntry) -> bool:
    """Whether there is a way back that nobody has taken."""
    return acts.find(entry.act).undo is not None and not hasattr(entry, "undone_by")


@register.filter
def how(entry: LogEntry) -> str:
    """What the log kept of the how, in a few words."""
    said = (entry.detail.get(name) for name in ("step", "outcome", "word", "reason", "answer"))
    return " · ".join(str(word) for word in said if word)


@register.filter
def of_board(names: Mapping[str, str], slug: str) -> str:
    """What the reader calls the board; one that is gone is called by its address."""
    return names.get(slug, slug)


@register.simple_tag
def desk_tabs() -> list[tabs.Tab]:
    """The pages rooms above have beside the queue."""
    return tabs.every()
