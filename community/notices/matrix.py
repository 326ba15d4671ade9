"""Which kind reaches a member on which channel: the table of the settings, and who decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from community.members.models import Member
from community.notices.kinds import NoticeKind, kinds
from community.notices.models import Channel, Choice, KindRule, Rhythm


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One kind on one channel, for one member."""

    kind: str
    channel: Channel
    is_on: bool
    # Nobody may switch it off, or an admin has switched it off for everybody.
    can_change: bool

    @property
    def pair(self) -> tuple[str, str]:
        return self.kind, self.channel.value

    @property
    def name(self) -> str:
        """Of its checkbox."""
        return f"{self.kind}:{self.channel.value}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A kind with its cells, a cell for each channel."""

    kind: NoticeKind
    cells: Sequence[Cell]


def matrix_of(member: Member) -> list[Row]:
    """Every kind on every channel; two queries."""
    rules = {(rule.kind, rule.channel): rule for rule in KindRule.objects.all()}
    chosen = dict(_chosen(member))
    return [
        Row(kind=kind, cells=[_cell(kind, channel, rules, chosen) for channel in Channel])
        for kind in kinds().values()
    ]


def wants(member: Member, kind: NoticeKind, channel: Channel) -> bool:
    """Whether a kind may reach a member there, as things stand now."""
    rules = {(rule.kind, rule.channel): rule for rule in KindRule.objects.filter(kind=kind.name)}
    return _cell(kind, channel, rules, dict(_chosen(member))).is_on


def reached(members: Collection[int], kind: NoticeKind, channel: Channel) -> frozenset[int]:
    """Those of some members whom a kind may reach on a channel as things stand; three queries."""
    rules = {(rule.kind, rule.channel): rule for rule in KindRule.objects.filter(kind=kind.name)}
    about = Choice.objects.filter(member__in=members, kind=kind.name, channel=channel)
    chosen = dict(about.values_list("member", "is_on"))
    without = Rhythm.objects.filter(member__in=members, wants_mail=False)
    silent = set(without.values_list("member", flat=True)) if channel == Channel.EMAIL else set()
    cells = {
        choice: _cell(
            kind, channel, rules, {} if choice is None else {(kind.name, channel.value): choice}
        )
        for choice in (None, True, False)
    }
    return frozenset(pk for pk in members if pk not in silent and cells[chosen.get(pk)].is_on)


def _chosen(member: Member) -> list[tuple[tuple[str, str], bool]]:
    choices = Choice.objects.filter(member=member).values_list("kind", "channel", "is_on")
    return [((kind, channel), is_on) for kind, channel, is_on in choices]


def _cell(
    kind: NoticeKind,
    channel: Channel,
    rules: dict[tuple[str, str], KindRule],
    chosen: dict[tuple[str, str], bool],
) -> Cell:
    """As `telling` decides it for many members in SQL."""
    pair = kind.name, channel.value
    rule = rules.get(pair)
    is_fixed = channel == Channel.SITE and not kind.can_be_switched_off
    is_allowed = rule is None or rule.is_allowed
    default = rule.is_default if rule else channel.value in kind.channels
    is_on = is_fixed or (is_allowed and chosen.get(pair, default))
    can_change = is_allowed and not is_fixed
    return Cell(kind=kind.name, channel=channel, is_on=is_on, can_change=can_change)
