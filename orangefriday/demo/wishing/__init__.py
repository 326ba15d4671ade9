"""Gives the demo's wishes their topics, their votes in every round, and their history."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from community.builds.models import Product
from community.members.models import Member
from feedback.proposals.domain import rounds
from feedback.proposals.domain.counting import recount
from feedback.proposals.models import Proposal
from orangefriday.demo.wishing.history import tell_answers, tell_history, tell_news
from orangefriday.demo.wishing.lives import first_ones, merge, more_ones, shipped_ones
from orangefriday.demo.wishing.topics import open_topics
from orangefriday.demo.wishing.votes import cast_votes

SEED = 2026


def live(
    *, product: Product, manager: Member, people: Sequence[Member], first: list[Proposal],
    at: datetime,
) -> None:  # fmt: skip
    """Load everything about wishes; `first` are those that ballots have named."""
    rng = np.random.default_rng(SEED)
    builds = list(product.builds.exclude(wishes_open_at=None).order_by("release_on"))
    lives = [*first_ones(first, builds), *shipped_ones(builds, people), *more_ones(builds, people)]
    Proposal.objects.bulk_create(life.proposal for life in lives if life.proposal.pk is None)
    merge(lives, manager)
    open_topics(lives, manager)
    tell_history(lives, manager, at)
    cast_votes(rng, builds, lives, people, at)
    recount([life.proposal.pk for life in lives])
    tell_news(lives)
    tell_answers(at)
    rounds.advance(at=at)
