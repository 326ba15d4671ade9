"""What the demo's members do besides writing: thank, report, follow, read, watch, hear."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator

from community.forum.domain.counting import recount_me_toos, recount_reactions
from community.forum.domain.telling import tell_about_post
from community.forum.domain.watching import watch
from community.forum.models import Board, MeToo, Post, Reaction, ReadMark, Tag, Topic, Watch
from community.members.models import Member, Relation
from community.moderation.domain import cases
from orangefriday.demo.regulars import regulars

SEED = 97
BATCH = 1000
KINDS = tuple(Reaction.Kind)
LIKELY_KINDS = (0.45, 0.25, 0.2, 0.06, 0.04)
# How many react to a post on average: official words, the first post, any other.
OFFICIAL, OPENING, OTHER = 5.0, 3.0, 0.6
# How many of the last posts members are told of.
TOLD = 150
FOLLOWED = ("laoqin_test", "amu_pai", "ines_glass", "patient_pat", "yeban_deng", "engineer")
WATCHED_TAGS = ("相机", "camera", "续航", "闹钟")


def live(accounts: dict[str, Member], reported: Iterable[Post], *, at: datetime) -> None:
    """Let the members who write do everything else, as of a moment."""
    rng = np.random.default_rng(SEED)
    names = [regular.username for regular in regulars()]
    members = list(Member.objects.filter(username__in=names).order_by("pk"))
    _react(rng, members, at)
    _meet(rng, members, at)
    _relate(rng, accounts, members, at)
    _watch(accounts, at)
    _read(rng, accounts, at)
    _report(members, reported, at)
    _tell()


def _react(rng: Generator, members: list[Member], at: datetime) -> None:
    rows = []
    posts = list(Post.objects.visible().order_by("pk"))
    for post in posts:
        mean = OFFICIAL if post.is_official else OPENING if post.number == 1 else OTHER
        for who in rng.choice(len(members), min(int(rng.poisson(mean)), 40), replace=False):
            if members[who].pk != post.author_id:
                kind = KINDS[int(rng.choice(len(KINDS), p=LIKELY_KINDS))]
                moment = min(at, post.created_at + timedelta(minutes=float(rng.exponential(300))))
                rows.append(Reaction(post=post, member=members[who], kind=kind, created_at=moment))
    Reaction.objects.bulk_create(rows, batch_size=BATCH)
    recount_reactions(post.pk for post in posts)


def _meet(rng: Generator, members: list[Member], at: datetime) -> None:
    """Those who have met the same bug, each with the phone they use."""
    devices = {regular.username: regular.device for regular in regulars()}
    topics = list(Topic.objects.filter(kind=Topic.Kind.BUG).order_by("pk"))
    rows = []
    for topic in topics:
        count = min(1 + int(rng.poisson(9)), len(members))
        for who in rng.choice(len(members), count, replace=False):
            member = members[who]
            if member.pk != topic.author_id:
                moment = min(at, topic.created_at + timedelta(hours=float(rng.exponential(20))))
                device = devices[member.username]
                rows.append(
                    MeToo(
                        topic=topic, member=member, device=device, build=topic.build, created_at=moment
                    )
                )  # fmt: skip
    MeToo.objects.bulk_create(rows, batch_size=BATCH)
    recount_me_toos(topic.pk for topic in topics)


def _relate(
    rng: Generator, accounts: dict[str, Member], members: list[Member], at: datetime
) -> None:
    fan, loud = accounts["fan"], Member.objects.get(username="fan_xc")
    known = Member.objects.filter(username__in=FOLLOWED)
    pairs = {(fan.pk, other.pk): Relation.Kind.FOLLOWS for other in known}
    pairs[fan.pk, loud.pk] = Relation.Kind.IGNORES
    for member in members:
        for who in rng.choice(len(members), int(rng.poisson(2)), replace=False):
            if members[who] != member:
                pairs[member.pk, members[who].pk] = Relation.Kind.FOLLOWS
    Relation.objects.bulk_create(
        [
            Relation(
                member_id=member, other_id=other, kind=kind,
                since_at=at - timedelta(days=float(rng.uniform(1, 60))),
            )
            for (member, other), kind in pairs.items()
        ]
    )  # fmt: skip


def _watch(accounts: dict[str, Member], at: datetime) -> None:
    watching = Watch.Level.WATCHING
    for tag in Tag.objects.filter(name__in=WATCHED_TAGS):
        watch(member=accounts["fan"], what=tag, level=watching, at=at)
    for role, slugs in (
        ("fan", ("photography", "experience")),
        ("engineer", ("bugs",)),
        ("moderator", ("bugs", "site", "duty")),
        ("manager", ("ideas", "duty")),
        ("admin", ("site",)),
    ):
        for board in Board.objects.filter(slug__in=slugs):
            watch(member=accounts[role], what=board, level=watching, at=at)


def _read(rng: Generator, accounts: dict[str, Member], at: datetime) -> None:
    """Much is read to the end, some half way; what came last is new to everybody."""
    topics = list(Topic.objects.filter(last_post_at__lt=at - timedelta(days=2)).order_by("pk"))
    rows = []
    for role, share in (("fan", 0.7), ("moderator", 0.9), ("engineer", 0.4), ("manager", 0.5)):
        for topic in topics:
            if rng.random() < share and topic.post_count:
                whole = rng.random() < 0.85
                last = topic.post_count if whole else int(rng.integers(1, topic.post_count + 1))
                rows.append(
                    ReadMark(
                        member=accounts[role], topic=topic, last_read=last,
                        place=max(1, last - int(rng.integers(0, 3))), read_at=at - timedelta(days=1),
                    )
                )  # fmt: skip
    ReadMark.objects.bulk_create(rows, batch_size=BATCH)


def _report(members: list[Member], reported: Iterable[Post], at: datetime) -> None:
    for n, post in enumerate(reported):
        for reporter in members[n * 3 : n * 3 + 2]:
            if reporter.pk != post.author_id:
                cases.report(
                    kind="post", subject=post.pk, reporter=reporter, reason="spam",
                    at=min(at, post.created_at + timedelta(minutes=9)),
                )  # fmt: skip


def _tell() -> None:
    """Tell of the latest posts as if they had just been written."""
    latest = Post.objects.visible().filter(is_by_site=False).order_by("-created_at")[:TOLD]
    pks = [post.pk for post in latest]
    Post.objects.filter(pk__in=pks).update(is_told=False)
    for post in reversed(latest):
        tell_about_post(post_id=post.pk, at=post.created_at)
