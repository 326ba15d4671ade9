"""The demo's polls: two of each kind, in both languages, open and closed, with votes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from community.forum.models import Topic
from community.members.models import Member
from feedback.polls.domain import closing, making
from feedback.polls.domain.questions import Question
from feedback.polls.models import MOST_OPTIONS, Choice, Option, Poll, PollBallot

SEED = 41
BATCH = 2000
LASTED, AGO = timedelta(days=6), timedelta(days=1)
OPEN_SINCE, OPEN_FOR = timedelta(days=2), timedelta(days=5)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A poll of the demo: where, what, and how liked the options are (shares or strengths)."""

    topic: str  # a part of its title
    title: str
    options: dict[str, float]
    way: str
    ballots: int
    is_closed: bool = False
    has_open_votes: bool = False
    most: int = MOST_OPTIONS
    results: str = Poll.Results.ALWAYS
    level: int = 0
    pictures: Sequence[str] = ()


ASKS = (
    Ask(
        topic="salty or sweet", title="Salty or sweet?", way="single", ballots=214, is_closed=True,
        has_open_votes=True,
        options={"Salty": 5, "Sweet": 4.2, "Both in one bucket": 2.5, "I am here for the award": 0.8},
    ),
    Ask(
        topic="几点更新", title="周五你一般几点更新？", way="single", ballots=386,
        options={"17:00 准时": 4, "下班路上": 3, "睡前插着电": 3.4, "周六起床以后": 1.6, "等别人先踩坑": 2},
    ),
    Ask(
        topic="calendar or by place", title="What should turn silent mode on by itself?", way="several",
        ballots=173, is_closed=True, most=3,
        options={"A meeting in the calendar": 4, "Being at work": 2.6, "The cinema": 2.2,
                 "A time of day": 3, "Turning the phone face down": 3.6},
    ),
    Ask(
        topic="剪贴板记录", title="剪贴板应该记住哪些？", way="several", ballots=241,
        results=Poll.Results.AFTER_VOTE,
        options={"文字": 5, "图片": 3, "链接": 3.5, "验证码（三十秒后忘掉）": 2.4, "什么都别记": 0.7},
    ),
    Ask(
        topic="round, square or honest", title="Which icons should be the default?", way="schulze",
        ballots=328, is_closed=True, pictures=("round", "square", "squircle", "drop"),
        options={"Round": 2.6, "Square": 2.2, "Squircle": 3.1, "Drop": 1.2},
    ),
    Ask(
        topic="月亮模式", title="下周五的摄影主题", way="schulze", ballots=152,
        options={"倒影": 3, "雨后": 2.8, "路灯": 2.4, "早餐": 1.9, "只用一支焦段": 1.5},
    ),
    Ask(
        topic="今日锁屏接力", title="下个版本的默认锁屏选哪张？", way="runoff", ballots=407,
        is_closed=True, level=1,
        options={"橘子树": 3.2, "雪山": 2.9, "夜航": 2.7, "纸": 1.6, "一片黑": 1.4},
    ),
    Ask(
        topic="One lens, one month", title="Which focal length for the month?", way="runoff",
        ballots=119, results=Poll.Results.AFTER_CLOSE,
        options={"24 mm": 2, "35 mm": 3, "50 mm": 2.8, "70 mm": 1.2},
    ),
)  # fmt: skip


def ask(accounts: dict[str, Member], voters: Sequence[Member], *, at: datetime) -> None:
    """Put the polls into their topics and let members vote, as of a moment."""
    rng = np.random.default_rng(SEED)
    for one in ASKS:
        topic = Topic.objects.select_related("board", "author").filter(title__contains=one.topic)
        _ask(rng, one, topic[0], accounts, voters, at)


def _ask(
    rng: Generator, one: Ask, topic: Topic, accounts: dict[str, Member],
    voters: Sequence[Member], at: datetime,
) -> None:  # fmt: skip
    by = topic.author or accounts["manager"]
    opens_at = at - AGO - LASTED if one.is_closed else at - OPEN_SINCE
    closes_at = at - AGO if one.is_closed else at + OPEN_FOR
    poll = making.make_poll(
        topic=topic, question=_question(one, opens_at, closes_at), by=by, at=opens_at
    )
    options = list(poll.options.order_by("place"))
    for option, shape in zip(options, one.pictures, strict=False):
        making.put_picture(option=option, file=icon(shape), by=by, at=opens_at)
    may = [member for member in voters if member.level >= one.level]
    chosen = [may[n] for n in rng.choice(len(may), one.ballots, replace=False)]
    if one.is_closed and accounts["fan"].level >= one.level:
        chosen[0] = accounts["fan"]
    _vote(rng, one, poll, options, chosen, opens_at, min(at, closes_at))
    if one.is_closed:
        closing.close(poll_id=poll.pk, at=closes_at)
        Poll.objects.filter(pk=poll.pk).update(told_at=closes_at)


def _question(one: Ask, opens_at: datetime, closes_at: datetime) -> Question:
    is_ranked, is_single = one.way in Poll.Method.values, one.way == "single"
    return Question(
        title=one.title,
        options=list(one.options),
        kind=Poll.Kind.RANKED if is_ranked else one.way,
        method=one.way if is_ranked else "",
        most=1 if is_single else one.most,
        opens_at=opens_at,
        closes_at=closes_at,
        eligibility=Poll.Eligibility.LEVEL if one.level else Poll.Eligibility.EVERYBODY,
        level=one.level,
        results=one.results,
        is_secret=not one.has_open_votes,
        takes_additions=not one.is_closed,
    )


def _vote(
    rng: Generator, one: Ask, poll: Poll, options: list[Option], voters: list[Member],
    since: datetime, until: datetime,
) -> None:  # fmt: skip
    """Each likes the options in an order of their own, the more liked ones sooner."""
    moments = [
        since + share * (until - since) for share in sorted(rng.random(len(voters)).tolist())
    ]
    ballots = PollBallot.objects.bulk_create(
        [
            PollBallot(poll=poll, member=member, revision=1, first_saved_at=moment, saved_at=moment)
            for member, moment in zip(voters, moments, strict=True)
        ],
        batch_size=BATCH,
    )
    liked = np.log(list(one.options.values()))
    rows = []
    for ballot in ballots:
        order = np.argsort(-(liked + rng.gumbel(size=len(options))))
        named = order[
            : 1 if one.way == "single" else int(rng.integers(1, 1 + min(one.most, len(order))))
        ]
        if one.way == "several":
            named = np.sort(named)
        rows += [
            Choice(ballot=ballot, option=options[n], rank=rank)
            for rank, n in enumerate(named, start=1)
        ]
    Choice.objects.bulk_create(rows, batch_size=BATCH)


def icon(shape: str) -> io.BytesIO:
    """An icon of this shape, drawn."""
    picture = Image.new("RGB", (320, 240), "#F5F2ED")
    draw, box = ImageDraw.Draw(picture), (90, 50, 230, 190)
    if shape == "square":
        draw.rectangle(box, fill="#FF6A00")
    elif shape == "squircle":
        draw.rounded_rectangle(box, radius=46, fill="#FF6A00")
    else:
        draw.ellipse(box, fill="#FF6A00")
    if shape == "drop":
        draw.rectangle((160, 50, 230, 120), fill="#FF6A00")
    draw.ellipse((135, 95, 185, 145), fill="#FFFFFF")
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return file
