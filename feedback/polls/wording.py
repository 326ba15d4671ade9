"""What a counted poll says in words: who won, by what, or who is tied."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from feedback.polls.domain.counting import Outcome
from feedback.polls.models import Poll

NAME = gettext_lazy("“{name}”")


def said(poll: Poll, outcome: Outcome, texts: Mapping[int, str]) -> str:
    """The sentence below a result; ``texts`` are the options' by id."""
    if not outcome["ballots"]:
        return _("Nobody has voted.")
    winners = _names([texts[option] for option in outcome["winners"]])
    if not poll.is_ranked:
        return _by_votes(outcome, winners)
    if poll.method == Poll.Method.SCHULZE:
        return _by_chains(outcome, winners)
    return _by_rounds(outcome, winners)


def _by_votes(outcome: Outcome, winners: str) -> str:
    most = max(option["votes"] for option in outcome["options"])
    values = {"name": winners, "votes": most}
    if len(outcome["winners"]) > 1:
        sentence = ngettext(
            "A tie: %(name)s have %(votes)s vote each.",
            "A tie: %(name)s have %(votes)s votes each.",
            most,
        )
    else:
        sentence = ngettext(
            "%(name)s leads with %(votes)s vote.", "%(name)s leads with %(votes)s votes.", most
        )
    return sentence % values


def _by_chains(outcome: Outcome, winners: str) -> str:
    if len(outcome["winners"]) > 1:
        return _(
            "By the Schulze method a tie: %(name)s. No chain of wins puts one above another."
        ) % {"name": winners}
    if is_condorcet(outcome):
        return _(
            "%(name)s wins by the Schulze method: head to head, more ballots prefer it than any "
            "other option."
        ) % {"name": winners}
    return _(
        "%(name)s wins by the Schulze method: nothing beats all others head to head, but its "
        "chains of wins are stronger than those that lead back."
    ) % {"name": winners}


def _by_rounds(outcome: Outcome, winners: str) -> str:
    rounds = outcome["rounds"]
    if len(outcome["winners"]) > 1:
        return _("By instant run-off a tie: %(name)s have as many votes in the last round.") % {
            "name": winners
        }
    last = rounds[-1]
    won = next(one["votes"] for one in last["votes"] if one["option"] == outcome["winners"][0])
    of = sum(one["votes"] for one in last["votes"])
    return ngettext(
        "%(name)s wins by instant run-off in round %(round)s: %(votes)s of the %(of)s vote that "
        "still counted, more than half.",
        "%(name)s wins by instant run-off in round %(round)s: %(votes)s of the %(of)s votes that "
        "still counted, more than half.",
        of,
    ) % {"name": winners, "round": len(rounds), "votes": won, "of": of}


def is_condorcet(outcome: Outcome) -> bool:
    """Whether the one winner beats every other option head to head."""
    pairs = outcome["pairs"]
    ids = [option["option"] for option in outcome["options"]]
    first = ids.index(outcome["winners"][0])
    return all(pairs[first][n] > pairs[n][first] for n in range(len(ids)) if n != first)


def who_may_vote(poll: Poll) -> str | Promise:
    """Whom the poll asks."""
    match poll.eligibility:
        case Poll.Eligibility.LEVEL:
            return format_lazy(gettext_lazy("members of level {level} or more"), level=poll.level)
        case Poll.Eligibility.VOTED:
            return format_lazy(
                gettext_lazy("members who filled in their four grids on {build}"), build=poll.build
            )
        case Poll.Eligibility.GROUP:
            return format_lazy(gettext_lazy("members of the group “{group}”"), group=poll.group)
    return Poll.Eligibility.EVERYBODY.label


def _names(names: Sequence[str]) -> str:
    return _(", ").join(str(NAME).format(name=name) for name in names)


def answered_by(poll: Poll) -> str | Promise:
    """How one answers, and how rankings are counted."""
    match poll.method or poll.kind:
        case Poll.Method.SCHULZE:
            return gettext_lazy("ranking, Schulze method")
        case Poll.Method.RUNOFF:
            return gettext_lazy("ranking, instant run-off")
        case Poll.Kind.SEVERAL:
            return gettext_lazy("several choices")
    return gettext_lazy("one choice")
