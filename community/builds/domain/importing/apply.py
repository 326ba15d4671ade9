"""Saves a section of release notes as a draft: changes, engineers, equal shares; once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.builds.domain import engineers
from community.builds.domain.drafts import create_draft
from community.builds.domain.features import MOST_FEATURES, Change, equal_shares, open_list
from community.builds.domain.importing.guard import FORBIDDEN
from community.builds.domain.importing.names import LONGEST_NAME
from community.builds.domain.importing.notes import Entry, Name, Section
from community.builds.domain.importing.plan import (
    Outcome,
    Planned,
    clean_version,
    known_engineers,
    plan,
    writes,
)
from community.builds.domain.refusals import Invalid
from community.builds.models import (
    Build,
    Credit,
    Engineer,
    EngineerName,
    Feature,
    Product,
    name_key,
)
from community.members.models import Member

LONGEST_NOTES = 50_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What was saved: the build, and how many changes are new or newly signed."""

    build: Build
    is_new_build: bool
    created: int
    signed: int


@transaction.atomic
def apply(
    *,
    product: Product,
    section: Section,
    version: str,
    at: datetime,
    by: Member | None = None,
    same: Iterable[tuple[Name, Name]] = (),
) -> Imported:
    """Save a section as the draft of a version.

    What is there stays as it is, whatever a manager made of it since; a second run writes nothing.
    Each pair of `same` says that its second spelling is the first one's engineer. Raises Invalid,
    Taken, WrongState or ChangeListFrozen, and then nothing is saved.
    """
    build, is_new = create_draft(
        product=product,
        version=clean_version(version),
        at=at,
        notes=section.prose[:LONGEST_NOTES],
        by=by,
    )
    join(same=same, at=at)
    if not writes(plan(section, build)):
        return Imported(build, is_new, created=0, signed=0)
    build = open_list(build.pk)
    # Planned again under the lock: somebody may have been saving the same notes until now.
    changes = writes(plan(section, build))
    new = [change for change in changes if change.outcome is Outcome.NEW]
    feature_ids = _add(build, new) | {c.fingerprint: c.feature_id for c in changes if c.feature_id}
    _sign(changes, feature_ids, at)
    return Imported(build, is_new, created=len(new), signed=len(changes) - len(new))


@transaction.atomic
def join(*, same: Iterable[tuple[Name, Name]], at: datetime) -> None:
    """Make the second spelling of each pair one of the first one's engineer.

    Engineers who both exist are merged, which can be undone. Raises Invalid, Taken.
    """
    for kept, other in same:
        _check(kept)
        _check(other)
        known = known_engineers([kept, other])
        engineer = known.get(kept) or _find_or_create(kept, at)
        target = engineer.merged_into or engineer
        if other not in known:
            engineers.remember(engineer=target, spellings=[_spelling(other)])
        elif (known[other].merged_into_id or known[other].pk) != target.pk:
            engineers.merge(engineer=known[other], into=target)


def _check(name: Name) -> None:
    is_short = len(name.text) <= LONGEST_NAME
    if not (is_short and name_key(name.text)) or FORBIDDEN.search(name.text):
        raise Invalid("same", _("“%s” is no name.") % name.text[:LONGEST_NAME])


def _add(build: Build, new: list[Planned]) -> dict[str, int]:
    """Append changes to a build; their ids by fingerprint."""
    last = build.features.aggregate(last=Max("position"))["last"] or 0
    if build.features.count() + len(new) > MOST_FEATURES:
        raise Invalid(
            "title", _("A build holds at most %(most)d changes.") % {"most": MOST_FEATURES}
        )
    features = Feature.objects.bulk_create(
        Feature(build=build, position=position, fingerprint=change.fingerprint, **_fields(change))
        for position, change in enumerate(new, start=last + 1)
    )
    return {feature.fingerprint: feature.pk for feature in features}


def _fields(change: Planned) -> dict[str, object]:
    entry = change.entry
    return Change(
        title=entry.title,
        area=entry.area,
        kind=entry.kind.value,
        body=entry.body,
        references=entry.references,
    ).as_fields()


def _sign(changes: list[Planned], feature_ids: dict[str, int], at: datetime) -> None:
    """Give everybody credited an equal share; two spellings of one engineer share once."""
    names = dict.fromkeys(name for change in changes for name in change.entry.credits)
    known = known_engineers(names)
    ids = {name: (known.get(name) or _find_or_create(name, at)).pk for name in names}
    Credit.objects.bulk_create(
        Credit(feature_id=feature_ids[change.fingerprint], engineer_id=who, share=share)
        for change in changes
        for who, share in _shares(change.entry, ids)
    )


def _shares(entry: Entry, ids: dict[Name, int]) -> Iterable[tuple[int, Decimal]]:
    people = list(dict.fromkeys(ids[name] for name in entry.credits))
    return zip(people, equal_shares(len(people)), strict=True) if people else ()


def _find_or_create(name: Name, at: datetime) -> Engineer:
    if name.kind == "handle":
        return engineers.find_or_create(handle=name.text, at=at)
    return engineers.find_or_create(name=name.text, at=at)


def _spelling(name: Name) -> engineers.Spelling:
    return (EngineerName.Kind(name.kind), name.text)
