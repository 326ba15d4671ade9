"""What users wrote of the winning work: chosen once with the award, shown without names."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, Q, QuerySet, Value, When

from awards.popcorn.models import Award, Quote
from awards.popcorn.queries import winning_features
from community.builds.models import Feature
from community.members.models import Member
from community.text.width import columns
from feedback.fourgrid.models import Ballot

QUOTES = 3
# A quote is read at a glance; what is longer stays with the report.
WIDEST = 160
# Enough to find QUOTES short ones that differ.
CANDIDATES = 60


def choose(award: Award) -> list[Quote]:
    """Choose up to three quotes for each winning feature, and store them.

    From ballots that loved it, favourites first, else in the order of their random receipts:
    it says nothing of who wrote or when. Those who built it and discounted ballots are not quoted.
    No sentence is quoted twice on a podium while there are other words.
    """
    said: set[str] = set()
    return Quote.objects.bulk_create(
        Quote(award=award, feature=feature, position=position, text=text)
        for feature in winning_features(award)
        for position, text in enumerate(
            _chosen(_short_ones(_comments(award, feature)[:CANDIDATES]), said), start=1
        )
    )


def _comments(award: Award, feature: Feature) -> QuerySet[Ballot, str]:
    key = f"feature:{feature.pk}"
    builders = Member.objects.filter(
        Q(engineer__credits__feature=feature) | Q(engineer__merged_from__credits__feature=feature)
    )
    ballots = (
        Ballot.objects.counted()
        .filter(build=award.build_id, loved__contains=[feature.pk], comments__has_key=key)
        .exclude(member__in=builders)
        .exclude(discounts__award=award)
    )
    is_favourite = Case(When(loved__0=feature.pk, then=Value(0)), default=Value(1))
    return ballots.order_by(is_favourite, "receipt").values_list(f"comments__{key}", flat=True)


def _short_ones(comments: Iterable[str]) -> list[str]:
    chosen: dict[str, str] = {}
    for comment in comments:
        text = " ".join(comment.split())
        if text and columns(text) <= WIDEST:
            chosen.setdefault(text.casefold(), text)
    return list(chosen.values())


def _chosen(texts: Iterable[str], said: set[str]) -> list[str]:
    """QUOTES of them, those first that say nothing said before; what they say is said then."""
    fresh: list[str] = []
    rest: list[str] = []
    for text in texts:
        sentences = _sentences(text)
        if len(fresh) < QUOTES and said.isdisjoint(sentences):
            fresh.append(text)
            said |= sentences
        else:
            rest.append(text)
    return (fresh + rest)[:QUOTES]


def _sentences(text: str) -> set[str]:
    parts = re.split(r"[.!?…。！？]+", text.casefold())
    return {part.strip() for part in parts if part.strip()}


def set_hidden(*, quote: Quote, is_hidden: bool, by: Member, at: datetime) -> None:
    """Take a quote off the public page, or put it back; who did it is kept."""
    hidden_at, hidden_by = (at, by) if is_hidden else (None, None)
    Quote.objects.filter(pk=quote.pk, hidden_at__isnull=is_hidden).update(
        hidden_at=hidden_at, hidden_by=hidden_by
    )
