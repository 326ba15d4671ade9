"""What managers' corrections taught: themes that are known again at the next build."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from community.builds.models import Build
from feedback.reports.models import Theme, ThemeCorrection, VoteReport

Centre = Mapping[str, float]


@dataclass(frozen=True)
class Anchor:
    """A corrected theme, with every centre it is known by: its own and those merged into it."""

    theme: Theme
    centres: list[Centre]
    # Themes split off it, by the word that their comments have.
    splits: dict[str, Theme] = field(default_factory=dict)


def lexicon(build: Build, side: str) -> list[Anchor]:
    """Anchors from all standing corrections on earlier builds of the track, the oldest first."""
    ours = Theme.objects.filter(report__in=VoteReport.objects.before(build), side=side)
    themes = {
        theme.pk: theme
        for theme in ours.filter(pk__in=_corrected(ours)).select_related("anchor").order_by("pk")
    }
    heads = _heads(themes.values())
    centres: defaultdict[int, list[Centre]] = defaultdict(list)
    for theme in themes.values():
        centres[_root(theme, themes, heads).pk].append(theme.centre)
    # What was split off is found inside its parent, by the word.
    apart = {theme.pk for theme in themes.values() if theme.split_from_id}
    return [
        Anchor(themes[pk], found, _splits(pk, themes))
        for pk, found in centres.items()
        if pk not in apart or themes[pk].split_from_id not in themes
    ]


def _corrected(themes: QuerySet[Theme]) -> set[int]:
    """Themes that a standing correction speaks of."""
    standing = ThemeCorrection.objects.standing().filter(theme__in=themes)
    pairs = standing.values_list("theme", "other")
    return {pk for pair in pairs for pk in pair if pk is not None}


def _heads(themes: Iterable[Theme]) -> dict[int, Theme]:
    """The latest theme of each line: a later correction stands before the one it was known by."""
    return {theme.anchor_id or theme.pk: theme for theme in themes}


def _root(theme: Theme, themes: Mapping[int, Theme], heads: Mapping[int, Theme]) -> Theme:
    seen: set[int] = set()
    while theme.pk not in seen:
        seen.add(theme.pk)
        theme = heads.get(theme.anchor_id or theme.pk, theme)
        theme = themes.get(theme.merged_into_id or 0, theme)
    return theme


def _splits(pk: int, themes: Mapping[int, Theme]) -> dict[str, Theme]:
    return {theme.split_by: theme for theme in themes.values() if theme.split_from_id == pk}
