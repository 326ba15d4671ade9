"""What other rules, or another installed base, would have made of the last build's ballots."""

from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from community.builds.domain.product_week import week_of
from community.builds.models import Build
from community.builds.sections import Change, Column, Preview, Question, Row, Table
from community.text.joining import listed
from feedback.fourgrid.domain import installed_base, voting_rules
from feedback.fourgrid.models import Ballot

# Fewer say too much about each of them, and weigh as "other" in the award.
FEWEST = 5


def of_voting_rules(question: Question) -> Preview:
    """How many could have voted, and how many of the ballots would have counted."""
    if question.build is None:
        return Preview()
    build, after = question.build, question.after
    was = voting_rules.turnout(build, {rule: getattr(build, rule) for rule in voting_rules.RULES})
    will = voting_rules.turnout(build, after)
    rows = [
        Row(_("could have voted"), [Change(was.eligible, will.eligible)]),
        Row(_("ballots that count"), [Change(was.ballots, will.ballots)]),
    ]
    rows.extend(
        Row(label, [Change(0, was.ballots - voting_rules.turnout(build, {rule: True}).ballots)])
        for rule, label in _reasons().items()
        if after[rule] and not getattr(build, rule)
    )
    table = Table(
        name="turnout",
        title=_("Turnout"),
        columns=[Column("members", _("Members"))],
        rows=rows,
        note=_("Ballots of staff are left out on both sides."),
    )
    warnings = []
    if was.ballots and not will.ballots:
        warnings.append(_("No ballot at all would have counted."))
    if question.after["requires_verified_install"] and not build.installs.exists():
        warnings.append(
            _("No device reported that it runs this build: does the product's updater report?")
        )
    return Preview([table], warnings)


def of_calendar(question: Question) -> Preview:
    """How many ballots of the last build came within the window it would have had."""
    build = question.build
    if build is None or build.release_on is None:
        return Preview()
    ballots = Ballot.objects.filter(build=build).counted()
    week = week_of(question.after, build.release_on)
    in_time = ballots.filter(
        first_saved_at__gte=week.ballots_open_at, first_saved_at__lt=week.ballots_close_at
    )
    count = in_time.count()
    table = Table(
        name="in-time",
        title=_("Ballots within the window"),
        columns=[Column("ballots", _("Ballots"))],
        rows=[Row(_("ballots that count"), [Change(ballots.count(), count)])],
    )
    return Preview([table])


def _reasons() -> dict[str, str]:
    return {
        "requires_older_account": _("refused: the account is younger than the build"),
        "requires_verified_install": _("refused: no device of theirs runs the build"),
    }


def of_installed_base(question: Question) -> Preview:
    """Which part of the ballots and of the installed base each family is."""
    if question.build is None:
        return Preview()
    was = dict(question.build.installed_shares.values_list("family", "share"))
    will = installed_base.given(question.after)
    voters = _voters(question.build)
    ballots = sum(voters.values())
    families = sorted({*was, *will, *voters}, key=lambda name: (-voters.get(name, 0), name))
    rows = [
        Row(
            family or _("unknown device"),
            [
                Change(voters.get(family, 0), voters.get(family, 0)),
                Change(*[voters.get(family, 0) / ballots if ballots else 0.0] * 2),
                Change(_part(was.get(family)), _part(will.get(family))),
            ],
        )
        for family in families
        if family in was or family in will or voters[family] >= FEWEST
    ]
    table = Table(
        name="families",
        title=_("Voters and devices"),
        columns=[
            Column("ballots", _("Ballots")),
            Column("voters", _("of all ballots"), "percent"),
            Column("share", _("of the installed base"), "percent"),
        ],
        rows=rows,
        note=_("Each family weighs in the award by its part of the installed base."),
    )
    return Preview([table], _warnings(will, voters))


def _voters(build: Build) -> dict[str, int]:
    rows = Ballot.objects.filter(build=build).counted().values_list("family")
    return dict(rows.annotate(count=Count("pk")).order_by())


def _part(share: Decimal | None) -> float | None:
    return None if share is None else float(share)


def _warnings(will: dict[str, Decimal], voters: dict[str, int]) -> list[str]:
    if not will:
        return []
    silent = [family for family, share in will.items() if share and voters.get(family, 0) < FEWEST]
    apart = sum(count for family, count in voters.items() if family not in will)
    told = []
    if silent:
        told.append(
            _("Fewer than %(n)d voters have %(families)s: these devices are judged as “other”.")
            % {"n": FEWEST, "families": listed(sorted(silent))}
        )
    if apart:
        told.append(
            _("%(count)d ballots come from devices not in the list; they weigh as “other”.")
            % {"count": apart}
        )
    return told
