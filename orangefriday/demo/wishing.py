"""Gives the demo's wishes their topics, their votes in every round, and their history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import F
from numpy.random import Generator

from community.builds.models import Build, Feature, Product
from community.forum.domain.counting import recount as recount_topics
from community.forum.models import Post, Topic
from community.members.models import Member
from feedback.proposals.domain import rounds, telling
from feedback.proposals.domain.counting import recount
from feedback.proposals.domain.writing import board_of_wishes
from feedback.proposals.models import (
    BUDGETS,
    MOST_ON_ONE,
    AnswerNews,
    Merge,
    Proposal,
    ShippedNews,
    StatusChange,
    Vote,
    WishRound,
)
from orangefriday.demo.wishes import ANSWERED, MORE_WISHES, REPLIES

SEED = 2026
VOTERS = 110  # in each round
SHIPPED_A_WEEK = 2
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOLD_FOR = 10 * DAY
Status = Proposal.Status
_BEFORE = {
    Status.OPEN: (),
    Status.UNDER_REVIEW: (Status.UNDER_REVIEW,),
    Status.ACCEPTED: (Status.UNDER_REVIEW, Status.ACCEPTED),
    Status.IN_DEVELOPMENT: (Status.UNDER_REVIEW, Status.ACCEPTED, Status.IN_DEVELOPMENT),
    Status.SHIPPED: (Status.ACCEPTED, Status.IN_DEVELOPMENT, Status.SHIPPED),
    Status.DEFERRED: (Status.UNDER_REVIEW, Status.DEFERRED),
    Status.DECLINED: (Status.UNDER_REVIEW, Status.DECLINED),
    Status.MERGED: (Status.MERGED,),
}


@dataclass(slots=True)
class Life:
    """A wish with the round it was decided in; None while nobody has decided."""

    proposal: Proposal
    build: Build | None = None
    body: str = ""


def live(
    *, product: Product, manager: Member, people: Sequence[Member], first: list[Proposal],
    at: datetime,
) -> None:  # fmt: skip
    """Load everything about wishes; `first` are those that ballots have named."""
    rng = np.random.default_rng(SEED)
    builds = list(product.builds.exclude(wishes_open_at=None).order_by("release_on"))
    lives = [*_first(first, builds), *_shipped(builds, people), *_more(builds, people)]
    Proposal.objects.bulk_create(life.proposal for life in lives if life.proposal.pk is None)
    _merge(lives, manager)
    _open_topics(lives, manager)
    _tell_history(lives, manager, at)
    _vote(rng, builds, lives, people, at)
    recount([life.proposal.pk for life in lives])
    _tell_news(lives)
    _tell_answers(at)
    rounds.advance(at=at)


def _decided_at(build: Build) -> datetime:
    """Monday at ten, when managers go through the round."""
    if build.wishes_close_at is None:
        raise ValueError("A scheduled build has every edge.")
    return build.wishes_close_at + 10 * HOUR


def _first(first: list[Proposal], builds: list[Build]) -> Iterator[Life]:
    """The wishes of the ballots: planned ones are for the coming build."""
    coming = next(build for build in builds if build.state == Build.State.SCHEDULED)
    for proposal in first:
        is_planned = proposal.status in Proposal.PLANNED
        if is_planned:
            proposal.accepted_for = coming
        is_decided = is_planned or proposal.status in Proposal.NEEDS_REASON
        build = coming if is_planned else builds[-4]
        yield Life(proposal, build if is_decided else None, proposal.body)
    Proposal.objects.bulk_update(first, ["accepted_for"])


def _shipped(builds: list[Build], people: Sequence[Member]) -> Iterator[Life]:
    """Some changes of every build that went out had been wished for."""
    for n, build in enumerate(builds):
        if build.wishes_open_at is None or build.published_at is None:
            continue
        new = Feature.objects.filter(build=build, kind="feature").order_by("position")
        for m, feature in enumerate(new[:SHIPPED_A_WEEK]):
            proposal = Proposal(
                product_id=build.product_id,
                title=feature.body if (n + m) % 2 else feature.title,
                area=feature.area,
                status=Status.SHIPPED,
                author=people[40 + 11 * (2 * n + m)],
                accepted_for=build,
                shipped_as=feature,
                created_at=build.wishes_open_at - (2 + 3 * m) * DAY,
            )
            yield Life(proposal, build, f"{feature.title}\n\n{feature.body}")


def _more(builds: list[Build], people: Sequence[Member]) -> Iterator[Life]:
    past = [build for build in builds if build.published_at]
    coming = [build for build in builds if not build.published_at]
    for n, (title, body, area, device, status, reason, ago) in enumerate(MORE_WISHES):
        build = past[-ago] if ago else coming[0]
        if build.wishes_open_at is None:
            raise ValueError("A scheduled build has every edge.")
        is_planned = status in Proposal.PLANNED
        # Merged once the other one is there.
        proposal = Proposal(
            product_id=build.product_id,
            title=title,
            area=area,
            device=device,
            status=Status.OPEN if status == Status.MERGED else status,
            status_reason="" if status == Status.MERGED else reason,
            author=people[300 + 17 * n],
            accepted_for=build if is_planned else None,
            created_at=build.wishes_open_at - timedelta(hours=5 * n),
        )
        is_decided = is_planned or status in {*Proposal.NEEDS_REASON, Status.MERGED}
        yield Life(proposal, build if is_decided else None, body)


def _merge(lives: list[Life], manager: Member) -> None:
    by_title = {life.proposal.title: life.proposal for life in lives}
    for title, _body, _area, _device, status, into, _ago in MORE_WISHES:
        if status != Status.MERGED:
            continue
        life = next(life for life in lives if life.proposal.title == title)
        if life.build is None:
            raise ValueError("A merged wish was decided.")
        proposal, target = life.proposal, by_title[into]
        Merge.objects.create(
            proposal=proposal,
            into=target,
            was_status=Status.OPEN,
            by=manager,
            at=_decided_at(life.build),
        )
        proposal.status, proposal.merged_into = Status.MERGED, target
        proposal.save(update_fields=["status", "merged_into"])


def _open_topics(lives: list[Life], manager: Member) -> None:
    board = board_of_wishes()
    if board is None:
        return
    for life in lives:
        proposal = life.proposal
        proposal.topic = Topic(
            board=board,
            title=proposal.title,
            author=proposal.author,
            created_at=proposal.created_at,
            last_post_at=proposal.created_at,
            device=proposal.device,
        )
        proposal.body = ""
    Topic.objects.bulk_create(life.proposal.topic for life in lives if life.proposal.topic)
    posts = [post for n, life in enumerate(lives) for post in _posts(n, life, lives, manager)]
    Post.objects.bulk_create(sorted(posts, key=lambda post: post.created_at))
    Proposal.objects.bulk_update((life.proposal for life in lives), ["topic", "body"])
    recount_topics([life.proposal.topic_id for life in lives if life.proposal.topic_id])


def _posts(n: int, life: Life, lives: list[Life], manager: Member) -> Iterator[Post]:
    """What the author wrote, what some answered, and a word of the manager where one is due."""
    asked_at = life.proposal.created_at
    yield _post(life, 1, life.proposal.author, life.body or life.proposal.title, asked_at)
    others = [lives[(n + 7 * m) % len(lives)].proposal.author for m in range(1, n % 4 + 1)]
    for number, author in enumerate(others, start=2):
        said = REPLIES[(n + number) % len(REPLIES)]
        yield _post(life, number, author, said, asked_at + number * 9 * HOUR)
    if life.proposal.status in Proposal.NEEDS_REASON and life.build:
        answered_at = max(_decided_at(life.build), asked_at + DAY * 2) + HOUR
        said = ANSWERED[n % 2]
        yield _post(life, len(others) + 2, manager, said, answered_at, is_official=True)


def _post(
    life: Life, number: int, author: Member | None, body: str, at: datetime, *,
    is_official: bool = False,
) -> Post:  # fmt: skip
    post = Post(
        topic=life.proposal.topic,
        number=number,
        author=author,
        is_by_site=author is None,
        is_official=is_official,
        created_at=at,
    )
    post.take_body(body)
    return post


def _tell_history(lives: list[Life], manager: Member, at: datetime) -> None:
    rows = [row for life in lives for row in _changes(life, manager, at)]
    StatusChange.objects.bulk_create(sorted(rows, key=lambda row: row.at))


def _changes(life: Life, manager: Member, at: datetime) -> Iterator[StatusChange]:
    proposal = life.proposal
    yield StatusChange(
        proposal=proposal, status=Status.OPEN, by=proposal.author, at=proposal.created_at
    )
    path = _BEFORE[Status(proposal.status)]
    last = _ended_at(life, at)
    for step, status in enumerate(path, start=1):
        is_last = step == len(path)
        is_by_site = status == Status.SHIPPED
        back = timedelta() if is_last else (last - proposal.created_at) / 3 / step
        is_for_build = status in Proposal.PLANNED and life.build
        yield StatusChange(
            proposal=proposal,
            status=status,
            reason=proposal.status_reason if is_last else "",
            build=life.build.version if is_for_build and life.build else "",
            by=None if is_by_site else manager,
            at=last - back,
        )


def _ended_at(life: Life, at: datetime) -> datetime:
    """When its last status was set."""
    proposal, build = life.proposal, life.build
    if build is None:
        return min(proposal.created_at + 3 * DAY, at - HOUR)
    if proposal.status == Status.SHIPPED and build.published_at:
        return build.published_at
    return max(min(_decided_at(build), at - HOUR), proposal.created_at + HOUR)


def _vote(
    rng: Generator, builds: list[Build], lives: list[Life], people: Sequence[Member], at: datetime
) -> None:
    """In every round that has begun some members spend their budgets on what they like."""
    liked = rng.gamma(0.8, size=len(lives)) + 0.05
    votes: list[Vote] = []
    for build in builds:
        if build.wishes_open_at is None or build.wishes_close_at is None:
            continue
        if build.wishes_open_at >= at:
            continue
        is_closed = build.wishes_close_at <= at
        wish_round = WishRound.objects.create(
            build=build, closed_at=build.wishes_close_at if is_closed else None
        )
        until = min(build.wishes_close_at, at)
        open_ones = [n for n, life in enumerate(lives) if _takes_votes(life, build, until)]
        chances = liked[open_ones] / liked[open_ones].sum()
        for pick in rng.choice(len(people), VOTERS, replace=False):
            chosen = rng.choice(open_ones, min(5, len(open_ones)), replace=False, p=chances)
            moment = build.wishes_open_at + (until - build.wishes_open_at) * rng.random()
            wishes = [lives[n] for n in chosen]
            votes += _spend(rng, wish_round, people[pick], wishes, moment, at)
    Vote.objects.bulk_create(votes, batch_size=1000)


def _takes_votes(life: Life, build: Build, until: datetime) -> bool:
    """Whether it was there in a round, and not yet decided when the round opened."""
    if life.proposal.created_at >= until or build.wishes_open_at is None:
        return False
    return life.build is None or _decided_at(life.build) > build.wishes_open_at


def _spend(
    rng: Generator, wish_round: WishRound, member: Member, wishes: list[Life], moment: datetime,
    at: datetime,
) -> Iterator[Vote]:  # fmt: skip
    budget = BUDGETS[member.level]
    slot = 0
    for life in wishes:
        for nth in range(1, int(rng.integers(1, MOST_ON_ONE + 1)) + 1):
            if slot == budget:
                return
            slot += 1
            ended = life.proposal.status in Proposal.RETURNS_VOTES
            yield Vote(
                round=wish_round,
                member=member,
                proposal=life.proposal,
                slot=slot,
                budget=budget,
                nth=nth,
                cast_at=max(moment, life.proposal.created_at),
                returned_at=_ended_at(life, at) if ended else None,
                returned_for=life.proposal.status if ended else "",
            )


def _tell_news(lives: list[Life]) -> None:
    """Whoever asked for what shipped has been told, in its time."""
    ShippedNews.objects.bulk_create(
        ShippedNews(
            proposal=life.proposal,
            told=Vote.objects.filter(proposal=life.proposal).values("member").distinct().count(),
            created_at=life.build.published_at,
            told_at=life.build.published_at,
        )
        for life in lives
        if life.proposal.status == Status.SHIPPED and life.build and life.build.published_at
    )


def _tell_answers(at: datetime) -> None:
    """Who asked hears what managers answered lately, when they did."""
    answers = StatusChange.objects.filter(at__gt=at - TOLD_FOR, status=F("proposal__status"))
    for change in answers.exclude(status__in=(Status.OPEN, Status.SHIPPED)).order_by("at"):
        AnswerNews.objects.create(change=change, created_at=change.at)
        telling.tell_answers(at=change.at)
