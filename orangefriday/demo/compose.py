"""Casts the demo's scenes: who says what when. Pure: the same moment, the same conversations."""

from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator

from orangefriday.demo import rhythm
from orangefriday.demo.casting import Casting, Speaker
from orangefriday.demo.pools import Decks
from orangefriday.demo.regulars import has_han
from orangefriday.demo.scenes import EVERY_WEEK, Fill, Later, Say, Scene, Step, Turns, scenes
from orangefriday.demo.slots import Facts, filled

SEED = 410
# Scenes on these "boards" go on below what the site itself has posted.
BELOW_BUILD, BELOW_AWARD = "build", "award"
QUOTED = 70
MOST_TRIES = 24
# People do say what somebody has said before; how likely, the second time.
ECHOED = 0.06
# What can be said about anything.
EASY_TALK = "chat"


@dataclass(slots=True)
class PostDraft:
    """One post; ``answers`` is the number of the post it quotes."""

    author: str
    body: str
    at: datetime
    is_official: bool = False
    is_edited: bool = False
    is_hidden: bool = False
    is_reported: bool = False
    answers: int | None = None


@dataclass(slots=True)
class TopicDraft:
    """One topic with its posts, oldest first; those below the site's words lack the first one."""

    scene: Scene
    week: int
    title: str
    posts: list[PostDraft] = field(default_factory=list)
    best_answer: int | None = None
    device: str = ""

    @property
    def is_below_site(self) -> bool:
        return self.scene.board in {BELOW_BUILD, BELOW_AWARD}


@dataclass(frozen=True, slots=True)
class Weeks:
    """What went out when: version and moment of each build, announcements of awards."""

    versions: tuple[str, ...]
    published_at: tuple[datetime, ...]
    awarded_at: tuple[datetime, ...]

    def latest(self, moment: datetime) -> int:
        """The number, from 1, of the build that was out at a moment."""
        return max(1, sum(published <= moment for published in self.published_at))


def compose(weeks: Weeks, *, at: datetime) -> list[TopicDraft]:
    """Every conversation of the demo as it stands at a moment, by when it began."""
    rng = np.random.default_rng(SEED)
    decks, said = Decks(rng), Counter[str]()
    drafts = [_Play(rng, decks, said, weeks, at, scene).draft for scene in _weekly(scenes(), weeks)]
    return sorted(drafts, key=lambda draft: draft.posts[0].at)


def _weekly(found: tuple[Scene, ...], weeks: Weeks) -> list[Scene]:
    """A scene of every week stands there once for each."""
    plays = []
    for scene in found:
        if scene.week == EVERY_WEEK:
            last = len(weeks.awarded_at if scene.board == BELOW_AWARD else weeks.versions)
            plays += [replace(scene, week=week) for week in range(1, last + 1)]
        else:
            plays.append(scene)
    return plays


class _Play:
    """One scene being written down."""

    def __init__(
        self,
        rng: Generator,
        decks: Decks,
        said: Counter[str],
        weeks: Weeks,
        at: datetime,
        scene: Scene,
    ) -> None:
        self._rng, self._decks, self._said, self._weeks, self._until = rng, decks, said, weeks, at
        self._scene = scene
        self._language = "zh" if has_han(scene.title) else "en"
        if "mixed" in scene.marks or scene.board in {BELOW_BUILD, BELOW_AWARD}:
            self._language = "mixed"
        self._cast = Casting(rng, scene.device)
        start = self._start()
        self._now = start
        week = scene.week or weeks.latest(start)
        self._facts = Facts(weeks.versions, week, scene.fixed)
        self.draft = TopicDraft(scene, week, "", device=scene.device)
        self._pauses: list[tuple[int, datetime]] = []
        self._recent: deque[str] = deque(maxlen=9)
        self._cards: set[str] = set()
        for step in scene.steps:
            self._take(step)
        self.draft.title = self._filled(self._chosen(scene.title.split(" || ")), None)
        self._settle(start)

    def _start(self) -> datetime:
        weeks, week = self._weeks, self._scene.week
        if self._scene.board == BELOW_AWARD:
            return weeks.awarded_at[(week or 1) - 1] + timedelta(minutes=2)
        if self._scene.board == BELOW_BUILD:
            return weeks.published_at[(week or 1) - 1] + timedelta(seconds=40)
        if "old" in self._scene.marks:
            return weeks.published_at[0] + timedelta(hours=1)
        first = weeks.published_at[week - 1] if week else weeks.published_at[0]
        until = min(
            self._until,
            weeks.published_at[week] if week and week < len(weeks.versions) else self._until,
        )
        share = self._rng.beta(1, 5) if week else self._rng.random()
        moment = first + (until - first) * 0.9 * share
        while self._rng.random() > rhythm.likely(moment, "Asia/Shanghai"):
            moment += (until - moment) * 0.03 * self._rng.random()
        return moment

    def _take(self, step: Step) -> None:
        match step:
            case Say():
                self._say(step)
            case Fill():
                for _ in range(step.count):
                    self._fill(step.pool)
            case Turns():
                for item in step.items:
                    self._post(self._passer_by(item), item)
            case Later():
                self._later(step)

    def _say(self, said: Say) -> None:
        text = self._chosen(said.versions)
        speaker = self._cast.named(said.who, is_chinese=has_han(text))
        if not self.draft.posts and not self.draft.device:
            self.draft.device = speaker.device
        self._post(speaker, text, said.flags)

    def _fill(self, pool: str) -> None:
        language = self._language
        if language == "mixed":
            language = "zh" if self._rng.random() < 0.6 else "en"
        speaker = self._cast.passing(is_chinese=language == "zh", but_not=self._recent)
        self._post(speaker, self._unsaid(pool, language, speaker))

    def _unsaid(self, pool: str, language: str, speaker: Speaker) -> str:
        """A reply that is new to the topic and, as far as there are any, to the whole forum."""
        is_long = "long" in self._scene.marks
        body = ""
        for attempt in range(MOST_TRIES):
            source = pool if is_long or attempt < MOST_TRIES / 2 else EASY_TALK
            text = self._decks.draw(source, language)
            if text in self._cards and not is_long:
                continue
            if attempt > MOST_TRIES / 3:
                lead = self._decks.draw("lead", language)
                text = lead + ("" if has_han(text) else " ") + text
            body = self._filled(text, speaker)
            self._cards.add(text)
            if not self._said[body] or (self._said[body] == 1 and self._rng.random() < ECHOED):
                break
        return body or self._filled(self._decks.draw(pool, language), speaker)

    def _post(self, speaker: Speaker, text: str, flags: str = "") -> None:
        posts = self.draft.posts
        body = self._filled(text, speaker)
        answers = None
        if '"' in flags and posts:
            answers = self._number(len(posts) - 1)
            body = f"> {_quoted(posts[-1].body)}\n\n{body}"
        self._advance(speaker)
        posts.append(
            PostDraft(
                speaker.username, body, self._now, is_official="!" in flags,
                is_edited="~" in flags, is_hidden="^" in flags, is_reported="?" in flags, answers=answers,
            )
        )  # fmt: skip
        if "*" in flags:
            self.draft.best_answer = self._number(len(posts) - 1)
        self._said[body] += 1
        self._recent.append(speaker.username)

    def _number(self, index: int) -> int:
        return index + (2 if self.draft.is_below_site else 1)

    def _advance(self, speaker: Speaker) -> None:
        if self.draft.posts or self.draft.is_below_site:
            minutes = min(12 * 1.12 ** len(self.draft.posts), 300)
            self._now = rhythm.next_moment(self._rng, self._now, minutes=minutes, zone=speaker.zone)

    def _later(self, step: Later) -> None:
        if step.week:
            self._pauses.append((len(self.draft.posts), self._weeks.published_at[step.week - 1]))
            self._now = max(self._now, self._weeks.published_at[step.week - 1])
        else:
            self._now += timedelta(days=step.days)

    def _passer_by(self, text: str) -> Speaker:
        return self._cast.passing(is_chinese=has_han(text), but_not=self._recent)

    def _filled(self, text: str, speaker: Speaker | None) -> str:
        return filled(text, self._facts, self._cast, speaker, self._rng)

    def _chosen(self, versions: list[str]) -> str:
        if len(versions) == 1:
            return versions[0]
        week = self._scene.week
        return versions[week % len(versions) if week else int(self._rng.integers(len(versions)))]

    def _settle(self, start: datetime) -> None:
        """Spread a long talk over its weeks; let no talk reach beyond the moment."""
        posts, until = self.draft.posts, self._until - timedelta(minutes=3)
        if "long" in self._scene.marks:
            moments = self._spread(start, len(posts), until)
        else:
            moments = [post.at for post in posts]
            parts = [0, *(index for index, _ in self._pauses), len(posts)]
            first = parts[-2]
            moments[first:] = rhythm.squeezed(moments[first:], before=until)
            moments = rhythm.squeezed(moments, before=until)
        for post, moment in zip(posts, moments, strict=True):
            post.at = moment.replace(microsecond=0)

    def _spread(self, start: datetime, count: int, until: datetime) -> list[datetime]:
        moments: list[datetime] = []
        while len(moments) < count - 1:
            moment = start + (until - start) * self._rng.random()
            if self._rng.random() < rhythm.likely(moment, "Asia/Shanghai"):
                moments.append(moment)
        return [start, *sorted(moments)]


def _quoted(body: str) -> str:
    """The first words of a post that were its own."""
    lines = [line for line in body.splitlines() if line and not line.startswith(">")]
    first = lines[0].replace("[[", "").replace("]]", "") if lines else ""
    return first if len(first) <= QUOTED else f"{first[: QUOTED - 1].rstrip()}…"
