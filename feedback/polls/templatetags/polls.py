"""How a poll is laid out: `{% load polls %}`."""

from django import template
from django.http import QueryDict
from django.utils.functional import Promise

from feedback.polls import results, wording
from feedback.polls.models import Poll
from feedback.polls.showing import ShownPoll

register = template.Library()


@register.simple_tag
def to_choose(one: ShownPoll, sent: QueryDict | None = None) -> list[results.OptionToChoose]:
    """The options of the form, as `results.to_choose` gives them."""
    return results.to_choose(one, sent or None)


@register.simple_tag
def result_of(one: ShownPoll) -> results.Result | None:
    """What came of a poll, as `results.result_of` gives it."""
    return results.result_of(one)


@register.filter
def who_may_vote(poll: Poll) -> str | Promise:
    return wording.who_may_vote(poll)


@register.filter
def answered_by(poll: Poll) -> str | Promise:
    """One choice, several choices, or the method that counts rankings."""
    return wording.answered_by(poll)
