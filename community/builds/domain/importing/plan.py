"""What importing a section would save, compared with what is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from community.builds.domain.features import open_list
from community.builds.domain.importing.fingerprint import fingerprint
from community.builds.domain.importing.notes import Entry, Name, Section
from community.builds.domain.importing.people import SamePerson, same_person
from community.builds.domain.refusals import Invalid, Refused
from community.builds.models import (
    Build,
    Credit,
    Engineer,
    EngineerName,
    Feature,
    Product,
    name_key,
)

LONGEST_VERSION = 60


class Outcome(StrEnum):
    """What saving does with one change."""

    NEW = "new"
    SIGNED = "signed"  # It is there without credits, and the notes now give them.
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Planned:
    """One change and what becomes of it; `feature_id` when it is there already."""

    entry: Entry
    fingerprint: str
    outcome: Outcome
    feature_id: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a section would save; `refusal` says why it would not."""

    version: str
    build: Build | None
    planned: tuple[Planned, ...]
    names: tuple[Name, ...]
    known: dict[Name, Engineer]
    same: list[SamePerson]
    refusal: str

    @property
    def changes_something(self) -> bool:
        return self.build is None or bool(writes(self.planned))

    @property
    def new_names(self) -> tuple[Name, ...]:
        """Spellings no engineer goes by yet."""
        return tuple(name for name in self.names if name not in self.known)

    @property
    def uncredited(self) -> tuple[Entry, ...]:
        """New changes for which a manager has to say who built them."""
        new = (change.entry for change in self.planned if change.outcome is Outcome.NEW)
        return tuple(entry for entry in new if not entry.credits)

    def count(self, outcome: Outcome) -> int:
        """How many changes come out so."""
        return sum(change.outcome is outcome for change in self.planned)


def preview(*, product: Product | None, section: Section, version: str) -> Preview:
    """Compare a section with what is saved; changes nothing. Raises Invalid for the version.

    Without a product everything is new. People known by one of their spellings are matched;
    spellings that may be one person are offered, never merged.
    """
    version = clean_version(version)
    builds = Build.objects.filter(product=product, version=version)
    build = builds.first() if product else None
    planned = plan(section, build)
    known = known_engineers(section.names)
    return Preview(
        version=version,
        build=build,
        planned=planned,
        names=section.names,
        known=known,
        same=_offers(section.names, known),
        refusal=_refusal(build) if build and writes(planned) else "",
    )


def clean_version(version: str) -> str:
    """A version without spare spaces; raises Invalid when it is too long to keep."""
    joined = " ".join(version.split())
    if len(joined) > LONGEST_VERSION:
        raise Invalid(
            "version",
            _("A version has at most %(most)d characters.") % {"most": LONGEST_VERSION},
        )
    return joined


def plan(section: Section, build: Build | None) -> tuple[Planned, ...]:
    """What becomes of each change of a section in a build."""
    signed = Exists(Credit.objects.filter(feature=OuterRef("pk")))
    imported = Feature.objects.filter(build=build).exclude(fingerprint="")
    rows = imported.annotate(is_signed=signed).values_list("fingerprint", "pk", "is_signed")
    there = {key: (pk, is_signed) for key, pk, is_signed in rows} if build else {}
    return tuple(_planned(entry, there) for entry in section.entries)


def writes(planned: Iterable[Planned]) -> list[Planned]:
    """The changes that saving has to write."""
    return [change for change in planned if change.outcome is not Outcome.UNCHANGED]


def known_engineers(names: Iterable[Name]) -> dict[Name, Engineer]:
    """The names an engineer goes by already, each with the engineer."""
    wanted = {name: (name.kind, name_key(name.text)) for name in names}
    rows = EngineerName.objects.filter(key__in={key for _kind, key in wanted.values()})
    found = {(row.kind, row.key): row.engineer for row in rows.select_related("engineer")}
    return {name: found[key] for name, key in wanted.items() if key in found}


def _planned(entry: Entry, there: dict[str, tuple[int, bool]]) -> Planned:
    key = fingerprint(entry.title, entry.references)
    if key not in there:
        return Planned(entry, key, Outcome.NEW)
    feature_id, is_signed = there[key]
    is_to_sign = entry.credits and not is_signed
    return Planned(entry, key, Outcome.SIGNED if is_to_sign else Outcome.UNCHANGED, feature_id)


def _refusal(build: Build) -> str:
    """Why the change list of a build cannot be written to; empty when it can."""
    try:
        with transaction.atomic():
            open_list(build.pk)
    except Refused as refused:
        return str(refused)
    return ""


def _offers(names: tuple[Name, ...], known: dict[Name, Engineer]) -> list[SamePerson]:
    """Two spellings of the section, or one of it and a known one, that may be one person."""
    rows = EngineerName.objects.select_related("engineer")
    people = {spelling(row): _reader(row.engineer) for row in rows}
    people |= {name: _reader(engineer) for name, engineer in known.items()}
    here = set(names)
    return [
        offer
        for offer in same_person([*people, *names])
        if (offer.a in here or offer.b in here)
        and (offer.a not in people or people[offer.a] != people.get(offer.b))
    ]


def _reader(engineer: Engineer) -> int:
    """Whom readers see: the engineer, or the one they were merged into."""
    return engineer.merged_into_id or engineer.pk


def spelling(row: EngineerName) -> Name:
    """A saved spelling as release notes would give it."""
    return Name("handle" if row.kind == EngineerName.Kind.HANDLE else "person", row.text)
