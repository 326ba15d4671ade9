"""Computes vote reports and keeps them: once when a build is tallied, live while it is open."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction

from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid.models import Ballot, Tally
from feedback.reports.domain.catalogue import catalogue
from feedback.reports.domain.composing import compose_whole
from feedback.reports.domain.content import Content, Remarks
from feedback.reports.domain.counting import Counted, count
from feedback.reports.domain.folding import FEWEST, fold_dimensions, fold_groups
from feedback.reports.domain.slices import slices
from feedback.reports.domain.splits import splits
from feedback.reports.domain.themes.finding import Found, find
from feedback.reports.domain.themes.keeping import keep
from feedback.reports.domain.themes.remarks import Remark, remarks
from feedback.reports.models import ReportReading, ReportSlice, Side, VoteReport, VoterGroup

# A live report is computed again when it is this old …
STALE_AFTER = timedelta(seconds=30)
# … and this share of its ballots has come or changed since, so that the work in all stays a
# multiple of one count.
WORTH_A_COUNT = 0.01

logger = logging.getLogger(__name__)


class NotTallied(Exception):
    """A final report needs the tally: the window must have closed by itself."""


class CountsDiffer(Exception):
    """The ballots counted for the report are not those of the tally; nothing was stored."""


def store_due(*, at: datetime) -> list[VoteReport]:
    """Store the reports of tallied builds, and refresh the live ones that are old.

    One that cannot be stored keeps no other waiting.
    """
    tallied = Tally.objects.exclude(build__report__is_final=True).order_by("counted_at")
    stored = []
    for build_id in list(tallied.values_list("build_id", flat=True)):
        try:
            stored.append(store(build_id=build_id, at=at))
        except CountsDiffer:
            logger.exception("The report of build %s has to wait; trying again soon.", build_id)
    refreshed = [
        refresh(build_id=build_id, at=at)
        for build_id in Build.objects.open_for_ballots(at).values_list("pk", flat=True)
    ]
    return stored + [report for report in refreshed if report]


def store(*, build_id: int, at: datetime) -> VoteReport:
    """Compute and keep the final report of a tallied build; the second time, give back the first.

    Raises ``NotTallied`` and ``CountsDiffer``.
    """
    with transaction.atomic():
        # One at a time: who waits here finds the report of who came first.
        tallies = Tally.objects.select_for_update(no_key=True, of=("self",))
        tally = tallies.select_related("build__product").filter(build=build_id).first()
        if tally is None:
            raise NotTallied
        report = VoteReport.objects.final().filter(build=build_id).first()
        return report or _store_final(tally, at)


def _store_final(tally: Tally, at: datetime) -> VoteReport:
    counted, listed = _count(tally.build), catalogue(tally.build)
    if counted.ballots != tally.ballots:
        raise CountsDiffer
    folds = fold_dimensions(counted.groups)
    told = list(slices(counted, listed, folds))
    content = compose_whole(counted, listed, eligible=tally.eligible, staff=tally.staff)
    content["splits"] = splits(told, listed.points)
    bits = fold_groups(counted.groups, folds)
    shown = dict(zip(counted.groups, bits, strict=True))
    said = remarks(tally.build, shown)
    found = {side: find(tally.build, side, said[side]) for side in Side}
    content["remarks"] = {side.value: _remarks(said[side], found[side]) for side in Side}
    defaults = _fields(content, at) | {"is_final": True}
    report, _ = VoteReport.objects.update_or_create(build=tally.build, defaults=defaults)
    ReportSlice.objects.bulk_create(
        ReportSlice(
            report=report,
            dimension=one.dimension,
            value=one.value,
            ballots=one.content["turnout"]["ballots"],
            content=one.content,
        )
        for one in told
    )
    VoterGroup.objects.bulk_create(
        (
            VoterGroup(report=report, **voters._asdict(), ballots=ballots, shown=shown[voters])
            for voters, ballots in counted.groups.items()
        ),
        batch_size=1000,
    )
    for side, themes in found.items():
        keep(report, side, themes)
    return report


def _remarks(said: Sequence[Remark], found: Sequence[Found]) -> Remarks:
    return Remarks(comments=len(said), grouped=sum(len(theme.remarks) for theme in found))


def refresh(*, build_id: int, at: datetime) -> VoteReport | None:
    """Compute the live report of an open build again if it is old and enough has come since.

    At least five ballots must have come or changed: else two looks at the report would tell what
    one member voted, and when. For the same reason it has no slices.
    """
    build = Build.objects.select_related("product").get(pk=build_id)
    report = VoteReport.objects.filter(build=build).first()
    if not build.is_open_for_ballots(at) or not _is_worth_a_count(build, report, at):
        return None
    counted, listed = _count(build), catalogue(build)
    staff = Ballot.objects.filter(build=build, is_staff=True).count()
    fields = _fields(compose_whole(counted, listed, eligible=None, staff=staff), at)
    # Not update_or_create: should the final report come in between, it stays.
    if not VoteReport.objects.filter(build=build, is_final=False).update(**fields):
        live = VoteReport(build=build, is_final=False, **fields)
        VoteReport.objects.bulk_create([live], ignore_conflicts=True)
    return VoteReport.objects.filter(build=build).first()


def _is_worth_a_count(build: Build, report: VoteReport | None, at: datetime) -> bool:
    ballots = Ballot.objects.filter(build=build).counted()
    if report is None:
        return ballots[:FEWEST].count() == FEWEST
    if at - report.computed_at < STALE_AFTER:
        return False
    enough = max(FEWEST, ceil(report.ballots * WORTH_A_COUNT))
    return ballots.filter(saved_at__gte=report.computed_at)[:enough].count() == enough


def _count(build: Build) -> Counted:
    assert build.ballots_open_at is not None  # noqa: S101 - build_out_of_draft_has_a_week
    return count(build_id=build.pk, opened_at=build.ballots_open_at)


def _fields(content: Content, at: datetime) -> dict[str, Any]:
    return {"computed_at": at, "ballots": content["turnout"]["ballots"], "content": content}


def mark_read(*, report: VoteReport, member: Member, at: datetime) -> None:
    """Remember that a manager opened a final report; the first time counts."""
    if report.is_final:
        ReportReading.objects.bulk_create(
            [ReportReading(report=report, member=member, read_at=at)], ignore_conflicts=True
        )
