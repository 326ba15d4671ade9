"""Managers put themes right: merge, split, rename, ignore; and take that back.

What stands is remembered: the next build's comments are grouped by it (lexicon).
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from community.members.models import Member
from feedback.fourgrid.models import Ballot
from feedback.reports.domain.counting import Voters
from feedback.reports.domain.folding import FEWEST
from feedback.reports.domain.themes.finding import centre_of
from feedback.reports.domain.themes.keeping import faces, features
from feedback.reports.domain.themes.labels import named
from feedback.reports.domain.themes.remarks import face_of
from feedback.reports.models import Theme, ThemeCorrection, ThemeRemark, VoteReport, VoterGroup
from feedback.reports.queries import family_of

Kind = ThemeCorrection.Kind


class NotBesideIt(Exception):
    """The other theme is not of the same report and cell, or stands under another already."""


class TooFew(Exception):
    """One of the two parts would have fewer than five ballots."""


class HasMerged(Exception):
    """Other themes are merged into this one; they are taken out before it is split."""


class ChangedMeanwhile(Exception):
    """Somebody put the theme right since it was looked at; ``latest`` is what they did."""

    def __init__(self, latest: ThemeCorrection) -> None:
        super().__init__()
        self.latest = latest


class BuiltOn(Exception):
    """A later merge or split rests on this one; it is undone first."""


def merge(
    *, theme: Theme, into: Theme, by: Member, at: datetime, seen: int | None = None
) -> ThemeCorrection:
    """Let a theme stand under another. Raises ``NotBesideIt``.

    Each of these raises ``ChangedMeanwhile`` when ``seen`` is not the number of ``changes_of``.
    """
    with transaction.atomic():
        _hold(theme, seen)
        theme.refresh_from_db()
        into.refresh_from_db()
        beside = into.report_id == theme.report_id and into.side == theme.side
        if not beside or into == theme or theme.merged_into_id or into.merged_into_id:
            raise NotBesideIt
        Theme.objects.filter(pk=theme.pk).update(merged_into=into)
        recount(into)
        return _remember(Kind.MERGE, theme, by, at, other=into)


def split(
    *, theme: Theme, word: str, by: Member, at: datetime, seen: int | None = None
) -> ThemeCorrection:
    """Let the comments with a word be a theme of their own. Raises ``TooFew``, ``HasMerged``."""
    with transaction.atomic():
        _hold(theme, seen)
        if theme.merged.exists():
            raise HasMerged
        own = ThemeRemark.objects.filter(theme=theme)
        mine = own.filter(words__contains=[word])
        apart = set(mine.values_list("ballot", flat=True))
        if min(len(apart), _voters(own.exclude(words__contains=[word]))) < FEWEST:
            raise TooFew
        centre = centre_of(list(mine.values_list("words", flat=True)))
        part = Theme.objects.create(
            report=theme.report,
            side=theme.side,
            label=named([word, *centre]),
            centre=centre,
            ballots=len(apart),
            faces={},
            features=[],
            split_from=theme,
            split_by=word,
        )
        mine.update(theme=part)
        recount(part)
        recount(theme)
        return _remember(Kind.SPLIT, theme, by, at, other=part)


def rename(
    *, theme: Theme, name: str, by: Member, at: datetime, seen: int | None = None
) -> ThemeCorrection:
    """Give a theme the name that it keeps from build to build."""
    with transaction.atomic():
        _hold(theme, seen)
        Theme.objects.filter(pk=theme.pk).update(name=name)
        return _remember(Kind.RENAME, theme, by, at, name=name)


def ignore(*, theme: Theme, by: Member, at: datetime, seen: int | None = None) -> ThemeCorrection:
    """Put a theme away that says nothing."""
    with transaction.atomic():
        _hold(theme, seen)
        Theme.objects.filter(pk=theme.pk).update(is_ignored=True)
        return _remember(Kind.IGNORE, theme, by, at)


def undo(*, correction: ThemeCorrection, by: Member, at: datetime) -> None:
    """Take a correction back, here and for the builds to come; the second time does nothing.

    Raises ``BuiltOn``.
    """
    with transaction.atomic():
        _hold(correction.theme)
        correction.refresh_from_db()
        if correction.undone_at:
            return
        if _is_built_on(correction):
            raise BuiltOn
        ThemeCorrection.objects.filter(pk=correction.pk).update(undone_at=at, undone_by=by)
        _UNDOING[Kind(correction.kind)](correction)


def recount(theme: Theme) -> None:
    """Count a theme again with all that stands under it."""
    family = family_of([theme.pk])[theme.pk]
    places = ThemeRemark.objects.filter(theme__in=family).values_list("ballot", "place")
    said = list(places)
    rows = Ballot.objects.filter(pk__in={ballot for ballot, _ in said}).with_verification()
    bits = {
        Voters(*group): shown
        for *group, shown in VoterGroup.objects.filter(report=theme.report_id).values_list(
            *Voters._fields, "shown"
        )
    }
    voices = {
        pk: face_of(Voters(*voters), bits.get(Voters(*voters), 0))
        for pk, *voters in rows.values_list("pk", *Voters._fields)
    }
    Theme.objects.filter(pk=theme.pk).update(
        ballots=len(voices), faces=faces(voices), features=features(said)
    )


def changes_of(theme: Theme) -> int:
    """How often it was put right, and that taken back; another number after each change."""
    touching = ThemeCorrection.objects.filter(Q(theme=theme) | Q(other=theme))
    return touching.count() + touching.exclude(undone_at=None).count()


def _hold(theme: Theme, seen: int | None = None) -> None:
    """One correction of a report at a time, on what its maker has seen."""
    VoteReport.objects.select_for_update(no_key=True).only("pk").get(pk=theme.report_id)
    if seen is not None and changes_of(theme) != seen:
        touching = ThemeCorrection.objects.filter(Q(theme=theme) | Q(other=theme))
        found = touching.select_related("theme", "other", "made_by", "undone_by")
        latest = found.order_by(Greatest("made_at", "undone_at").desc(), "-pk")[0]
        raise ChangedMeanwhile(latest)


def _voters(remarks: QuerySet[ThemeRemark]) -> int:
    return len(set(remarks.values_list("ballot", flat=True)))


def _remember(
    kind: Kind,
    theme: Theme,
    by: Member,
    at: datetime,
    *,
    other: Theme | None = None,
    name: str = "",
) -> ThemeCorrection:
    return ThemeCorrection.objects.create(
        kind=kind, theme=theme, other=other, name=name, made_by=by, made_at=at
    )


def _is_built_on(correction: ThemeCorrection) -> bool:
    if correction.kind not in {Kind.MERGE, Kind.SPLIT}:
        return False
    touched = [correction.theme_id, correction.other_id]
    later = ThemeCorrection.objects.standing().filter(pk__gt=correction.pk)
    structural = later.filter(kind__in=[Kind.MERGE, Kind.SPLIT])
    return structural.filter(Q(theme__in=touched) | Q(other__in=touched)).exists()


def _take_out(correction: ThemeCorrection) -> None:
    Theme.objects.filter(pk=correction.theme_id).update(merged_into=None)
    if correction.other:
        recount(correction.other)


def _put_back(correction: ThemeCorrection) -> None:
    part = correction.other
    if part:
        ThemeRemark.objects.filter(theme=part).update(theme=correction.theme)
        part.delete()
    recount(correction.theme)


def _call_as_before(correction: ThemeCorrection) -> None:
    theme = correction.theme
    last = theme.corrections.standing().filter(kind=Kind.RENAME).order_by("-pk").first()
    known = theme.anchor.name if theme.anchor else ""
    Theme.objects.filter(pk=theme.pk).update(name=last.name if last else known)


def _bring_back(correction: ThemeCorrection) -> None:
    theme = correction.theme
    is_still = theme.corrections.standing().filter(kind=Kind.IGNORE).exists()
    Theme.objects.filter(pk=theme.pk).update(is_ignored=is_still)


_UNDOING: dict[Kind, Callable[[ThemeCorrection], None]] = {
    Kind.MERGE: _take_out,
    Kind.SPLIT: _put_back,
    Kind.RENAME: _call_as_before,
    Kind.IGNORE: _bring_back,
}
