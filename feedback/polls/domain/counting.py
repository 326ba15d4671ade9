"""Counting a poll: from its ballots to what is shown, and stored when it closes."""

from collections.abc import Collection, Sequence
from typing import NotRequired, TypedDict

from django.db import connection

from feedback.polls.domain.profiles import Profile, approvals, first_choices
from feedback.polls.domain.runoff import Round, runoff
from feedback.polls.domain.schulze import Table, schulze
from feedback.polls.models import Poll

PROFILES = """
    SELECT poll_id, ranking, count(*)
      FROM (SELECT ballot.poll_id, array_agg(choice.option_id ORDER BY choice.rank) AS ranking
              FROM polls_pollballot AS ballot
              JOIN polls_choice AS choice ON choice.ballot_id = ballot.id
             WHERE ballot.poll_id = ANY (%s)
             GROUP BY ballot.id) AS said
     GROUP BY poll_id, ranking
"""


class Counted(TypedDict):
    """An option: in ranked polls `votes` are the ballots that like it best."""

    option: int
    votes: int
    place: int


class CountedRound(TypedDict):
    """A round of an instant run-off; `votes` by the options that are still in."""

    votes: list[Counted]
    exhausted: int
    out: list[int]


class Outcome(TypedDict):
    """A counted poll. Several winners are tied; without a ballot there is none.

    `pairs` and `strengths` are those of domain.schulze, in the order of `options`.
    """

    ballots: int
    winners: list[int]
    options: list[Counted]
    pairs: NotRequired[Table]
    strengths: NotRequired[Table]
    rounds: NotRequired[list[CountedRound]]


def profiles_of(poll_ids: Collection[int]) -> dict[int, Profile]:
    """What the ballots of polls say, in one query; a ballot taken back says nothing."""
    profiles: dict[int, dict[tuple[int, ...], int]] = {pk: {} for pk in poll_ids}
    with connection.cursor() as cursor:
        cursor.execute(PROFILES, [list(poll_ids)])
        for poll_id, ranking, ballots in cursor.fetchall():
            profiles[poll_id][tuple(ranking)] = ballots
    return dict(profiles)


def count(poll: Poll, options: Sequence[int], profile: Profile) -> Outcome:
    """Count by the poll's kind and method; ``options`` are ids in the order they are shown."""
    if not poll.is_ranked:
        return _outcome(options, profile, approvals(options, profile))
    liked_best = first_choices(options, profile)
    if poll.method == Poll.Method.SCHULZE:
        chains = schulze(options, profile)
        outcome = _outcome(options, profile, liked_best, chains.places)
        return Outcome(**outcome, pairs=chains.pairs, strengths=chains.strengths)
    rounds = runoff(options, profile)
    outcome = _outcome(options, profile, liked_best, rounds.places)
    return Outcome(**outcome, rounds=[_round(one) for one in rounds.rounds])


def _outcome(
    options: Sequence[int],
    profile: Profile,
    votes: dict[int, int],
    places: dict[int, int] | None = None,
) -> Outcome:
    if places is None:
        places = _by_votes(votes)
    ballots = sum(profile.values())
    return Outcome(
        ballots=ballots,
        winners=[option for option in options if places[option] == 1] if ballots else [],
        options=[Counted(option=o, votes=votes[o], place=places[o]) for o in options],
    )


def _round(one: Round) -> CountedRound:
    places = _by_votes(one.votes)
    votes = [Counted(option=o, votes=n, place=places[o]) for o, n in one.votes.items()]
    return CountedRound(votes=votes, exhausted=one.exhausted, out=list(one.out))


def _by_votes(votes: dict[int, int]) -> dict[int, int]:
    """Places by votes: 1 + how many have more."""
    return {option: 1 + sum(n > mine for n in votes.values()) for option, mine in votes.items()}
