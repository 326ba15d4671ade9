"""What a poll asks, of whom, until when; and whether it goes together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build
from feedback.polls.domain.refusals import BadQuestion
from feedback.polls.models import FEWEST_OPTIONS, MOST_OPTIONS, OPTION_LENGTH, Poll

SAME = _("An option stands here twice.")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A poll to be made; ``most`` may be larger than the number of options."""

    title: str
    options: Sequence[str]
    kind: str = Poll.Kind.SINGLE
    method: str = ""
    fewest: int = 1
    most: int = 1
    # None: at once; until somebody ends it.
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    eligibility: str = Poll.Eligibility.EVERYBODY
    level: int = 0
    build: Build | None = None
    group: Group | None = None
    results: str = Poll.Results.ALWAYS
    is_secret: bool = True
    takes_additions: bool = False


Fault = tuple[str, str | Promise]


def check(question: Question, at: datetime) -> None:
    """Raise BadQuestion for the first thing that does not go together."""
    for find in (_in_options, _in_numbers, _in_method, _in_edges, _in_eligibility):
        for field, sentence in find(question, at):
            raise BadQuestion(field, sentence)


def _in_options(question: Question, _at: datetime) -> Iterator[Fault]:
    options = question.options
    if len(options) < FEWEST_OPTIONS:
        yield "options", _("Two options at least, each on a line of its own.")
    if len(options) > MOST_OPTIONS:
        yield "options", _("These are too many options.")
    if any(len(option) > OPTION_LENGTH for option in options):
        yield "options", _("An option is too long.")
    if len(set(options)) < len(options):
        yield "options", SAME


def _in_numbers(question: Question, _at: datetime) -> Iterator[Fault]:
    if question.kind == Poll.Kind.SINGLE and (question.fewest, question.most) != (1, 1):
        yield "most", _("One choice is one.")
    if question.fewest > question.most:
        yield "most", _("This is less than at least.")
    if question.fewest > len(question.options):
        yield "fewest", _("There are not so many options.")


def _in_method(question: Question, _at: datetime) -> Iterator[Fault]:
    if (question.kind == Poll.Kind.RANKED) != (question.method in Poll.Method.values):
        yield "method", _("Rankings, and they alone, are counted by a method.")


def _in_edges(question: Question, at: datetime) -> Iterator[Fault]:
    opens_at = max(question.opens_at or at, at)
    if question.closes_at and question.closes_at <= opens_at:
        yield "closes_at", _("It has to close after it opens, and later than now.")


def _in_eligibility(question: Question, _at: datetime) -> Iterator[Fault]:
    """What the eligibility asks for, and nothing else."""
    kinds = Poll.Eligibility
    given: dict[str, tuple[str, Callable[[Question], object]]] = {
        kinds.LEVEL: ("level", lambda one: one.level),
        kinds.VOTED: ("build", lambda one: one.build),
        kinds.GROUP: ("group", lambda one: one.group),
    }
    for kind, (field, value) in given.items():
        if bool(value(question)) != (question.eligibility == kind):
            yield field, _("Say which, where it says who votes.")
