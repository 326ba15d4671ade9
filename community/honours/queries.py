"""What the pages of levels and leaderboards show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from community.honours import rules
from community.honours.models import (
    LEVELS,
    Balance,
    Entry,
    Medal,
    MedalApplication,
    MedalGrant,
    MedalStage,
    Place,
    Rule,
)
from community.members.models import Member
from community.text.whole import number

ENTRIES_A_PAGE = 30


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a member stands between two levels; `next_at` is None on the highest."""

    experience: int
    level: int
    begins_at: int
    next_at: int | None

    @property
    def missing(self) -> int:
        return self.next_at - self.experience if self.next_at else 0


@dataclass(frozen=True, kw_only=True)
class Explained:
    """An entry, and what it was for."""

    entry: Entry
    label: str
    what: str
    url: str


@dataclass(frozen=True, kw_only=True)
class History:
    """One page of a member's entries; `older` is the cursor of the next one, "" on the last."""

    entries: Sequence[Explained]
    older: str


def progress_of(member: Member) -> Progress:
    own = Balance.objects.filter(member=member).values_list("experience", flat=True).first() or 0
    level = sum(own >= start for start in LEVELS)
    following = LEVELS[level] if level < len(LEVELS) else None
    return Progress(experience=own, level=level, begins_at=(0, *LEVELS)[level], next_at=following)


def entries_of(member: Member) -> QuerySet[Entry]:
    """What a member was given and what was taken back, the latest first."""
    return Entry.objects.filter(member=member).order_by("-pk")


def history_of(member: Member, before: str = "") -> History:
    """A page of a member's entries before a cursor, each with its reason."""
    rows = entries_of(member)
    if cursor := number(before):
        rows = rows.filter(pk__lt=cursor)
    found = list(rows[: ENTRIES_A_PAGE + 1])
    shown = found[:ENTRIES_A_PAGE]
    older = str(shown[-1].pk) if len(found) > ENTRIES_A_PAGE else ""
    return History(entries=explained(shown), older=older)


def explained(entries: Sequence[Entry]) -> list[Explained]:
    """Each entry with its reason in the reader's language; each rule is asked once."""
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for name in {entry.rule for entry in entries}:
        if kind := rules.kind(name):
            sources = sorted({entry.source for entry in entries if entry.rule == name})
            said |= {(name, source): words for source, words in kind.explain(sources).items()}
    labels = {kind.name: str(kind.label) for kind in rules.kinds()}
    nothing = ("", "")
    return [
        Explained(
            entry=entry,
            label=labels.get(entry.rule, entry.rule),
            what=said.get((entry.rule, entry.source), nothing)[0],
            url=said.get((entry.rule, entry.source), nothing)[1],
        )
        for entry in entries
    ]


def ways(at: datetime) -> list[tuple[str, Rule]]:
    """What brings experience now: the deed in words, and its rule in force."""
    versions = Rule.objects.filter(starts_at__lte=at).order_by("version")
    in_force = {rule.name: rule for rule in versions}
    return [
        (str(kind.label), in_force[kind.name])
        for kind in rules.kinds()
        if kind.is_a_way and kind.name in in_force
    ]


def board(name: str, region: str = "") -> QuerySet[Place]:
    """The places of a leaderboard, those left out who have asked for it since."""
    places = Place.objects.filter(board=name, region=region)
    shown = places.filter(member__is_active=True, member__is_ranked=True)
    return shown.select_related("member").order_by("place", "pk")


def regions() -> list[str]:
    """The regions that have a leaderboard."""
    named = Place.objects.exclude(region="").order_by("region")
    return list(named.values_list("region", flat=True).distinct())


# --- medals -----------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Held:
    """A medal somebody holds: the highest stage of it, and since when."""

    id: int
    stage: MedalStage
    since: datetime
    until: datetime | None
    reason: str


def all_medals() -> QuerySet[Medal]:
    """Every medal with its stages, the lowest first."""
    stages = Prefetch("stages", MedalStage.objects.order_by("number"))
    return Medal.objects.prefetch_related(stages).order_by("position", "pk")


def medals_of(member: Member, at: datetime) -> list[Held]:
    """The highest stage of each medal a member holds, the rarest first. One query."""
    grants = MedalGrant.objects.held(at).filter(member=member).select_related("stage__medal")
    highest: dict[int, MedalGrant] = {}
    for grant in grants.order_by("stage__number"):
        highest[grant.stage.medal_id] = grant
    rarest = sorted(highest.values(), key=lambda grant: (grant.stage.share, grant.stage.medal_id))
    return [
        Held(
            id=row.pk,
            stage=row.stage,
            since=row.granted_at,
            until=row.expires_at,
            reason=row.reason,
        )
        for row in rarest
    ]


def stages_held(user: Member | AnonymousUser, at: datetime) -> frozenset[int]:
    """Ids of the stages the reader holds."""
    if not user.is_authenticated:
        return frozenset()
    held = MedalGrant.objects.held(at).filter(member=user.pk)
    return frozenset(held.values_list("stage", flat=True))


def stage_to_ask_for(medal: Medal, member: Member, at: datetime) -> MedalStage | None:
    """The lowest stage the member does not hold."""
    held = stages_held(member, at)
    stages = medal.stages.exclude(pk__in=held).select_related("medal")
    return stages.order_by("number").first()


def applications_of(user: Member | AnonymousUser) -> dict[int, MedalApplication]:
    """What the reader asked for last, by medal."""
    if not user.is_authenticated:
        return {}
    own = MedalApplication.objects.filter(member=user.pk).select_related("stage__medal")
    return {one.stage.medal_id: one for one in own.order_by("applied_at", "pk")}
