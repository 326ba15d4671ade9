"""The four grids as a form: what is chosen in them, and what they offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.builds.models import Build, Feature
from community.builds.queries import features_of
from community.text.whole import number
from feedback.fourgrid.domain.answers import COMMENT_LIMIT, LIMITS
from feedback.proposals.models import Proposal
from feedback.proposals.queries.lists import on_ballot

Choice = Feature | Proposal
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Slot:
    """One place in a cell, as the form without scripts shows it."""

    number: int
    chosen: int | None
    comment: str


@dataclass(frozen=True)
class Cell:
    """A cell that holds a list: what it asks, offers and holds; ``errors`` are sentences."""

    name: str
    number: int
    groups: dict[str, list[Choice]]
    chosen: list[int]
    is_none: bool
    comment: str
    comments: Mapping[int, str]
    errors: list[str] = field(default_factory=list)

    @property
    def most(self) -> int:
        return LIMITS[self.name]

    @property
    def slots(self) -> list[Slot]:
        places = [*self.chosen, *[None] * self.most][: self.most]
        return [
            Slot(number, chosen, self.comments.get(chosen, "") if chosen else "")
            for number, chosen in enumerate(places, start=1)
        ]

    @property
    def picks(self) -> list[Choice]:
        """What is chosen, in order."""
        offered = {choice.pk: choice for choices in self.groups.values() for choice in choices}
        return [offered[pk] for pk in self.chosen]

    @property
    def invitations(self) -> list[str]:
        """What the button says when so many more can be chosen: 0, 1, 2 …"""
        return [_invitation(self.name, left, self.most) for left in range(self.most + 1)]


class FourGrids:
    """The form of one build, filled with ``content`` (a ballot, a draft, or what was posted)."""

    comment_limit = COMMENT_LIMIT

    def __init__(
        self, build: Build, content: Content, errors: Mapping[str, list[str]] | None = None
    ) -> None:
        self.errors = dict(errors or {})
        self.mood = content.get("mood")
        self._content = content
        features = by_area(features_of(build))
        self.loved = self._cell("loved", 2, features)
        self.let_down = self._cell("let_down", 3, features)
        self.wishes = self._cell("wishes", 4, by_area(on_ballot(build)))
        self.comment = self._comments.get("mood", "")

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        return self.loved, self.let_down, self.wishes

    @property
    def filled(self) -> int:
        """How many of the four cells are answered."""
        return bool(self.mood) + sum(bool(cell.chosen) or cell.is_none for cell in self.cells)

    @property
    def _comments(self) -> Mapping[str, str]:
        comments: Mapping[str, str] = self._content.get("comments") or {}
        return comments

    def _cell(self, name: str, number: int, groups: dict[str, list[Choice]]) -> Cell:
        chosen = self._content.get(name)
        offered = {choice.pk for choices in groups.values() for choice in choices}
        ids = [pk for pk in chosen or () if pk in offered]
        return Cell(
            name=name,
            number=number,
            groups=groups,
            chosen=ids,
            is_none=chosen is not None and not chosen,
            comment=self._comments.get(name, ""),
            comments={pk: self._comments.get(f"feature:{pk}", "") for pk in ids},
            errors=self.errors.get(name, []),
        )


def by_area(choices: Iterable[Choice]) -> dict[str, list[Choice]]:
    """Choices under their area, in their order; those without one come last, under ""."""
    groups: dict[str, list[Choice]] = {}
    rest: list[Choice] = []
    for choice in choices:
        (groups.setdefault(choice.area, []) if choice.area else rest).append(choice)
    return groups | ({"": rest} if rest else {})


def posted(form: QueryDict) -> dict[str, object]:
    """What a form without scripts sends, as ``Answers.parse`` reads it."""
    raw: dict[str, object] = {"mood": form.get("mood", "")}
    comments = {cell: form.get(f"comment_{cell}", "") for cell in ("mood", *LIMITS)}
    for cell in LIMITS:
        chosen = [_number(text) for text in form.getlist(cell) if text]
        if chosen or form.get(f"{cell}_none"):
            raw[cell] = chosen
        pairs = zip(form.getlist(cell), form.getlist(f"{cell}_comment"), strict=False)
        comments |= {f"feature:{pk}": text for pk, text in pairs if pk and text.strip()}
    return raw | {"comments": comments}


def _number(text: str) -> object:
    found = number(text)
    return text if found is None else found


def _invitation(cell: str, left: int, most: int) -> str:
    if not left:
        return _("That is as many as fit here.")
    if cell == "wishes":
        if left == most:
            return ngettext("choose a wish", "choose up to %(n)d wishes", left) % {"n": left}
        return ngettext("choose one more", "choose up to %(n)d more", left) % {"n": left}
    if left == most:
        return _("choose up to %(n)d · the first counts most") % {"n": left}
    return ngettext("choose one more", "choose up to %(n)d more", left) % {"n": left}
