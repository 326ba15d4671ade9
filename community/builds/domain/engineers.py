"""Engineers: found by what release notes call them, merged, hidden, thanked."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.builds.domain.refusals import Invalid, Refused, Taken, said_as
from community.builds.models import (
    Build,
    Credit,
    Engineer,
    EngineerName,
    Thanks,
    name_key,
)
from community.builds.models.engineer import LONGEST_NAME
from community.members.models import Member
from community.text.pinyin import sort_key

Kind = EngineerName.Kind
Spelling = tuple[EngineerName.Kind, str]


class NotCredited(Refused):
    """The engineer did not work on this build."""

    code = "not_credited"


@transaction.atomic
def find_or_create(*, name: str = "", handle: str = "", at: datetime) -> Engineer:
    """The engineer who goes by a name or a handle; created when nobody does.

    The handle, which is one person's, wins over the name; a spelling that was not known yet is
    remembered. One engineer for one spelling, however many ask at once. The answer may be merged
    into another engineer: credits stay as signed. Raises Invalid without name and handle.
    """
    said = ((Kind.HANDLE, handle.strip().lstrip("@")), (Kind.PERSON, " ".join(name.split())))
    spellings = [(kind, text[:LONGEST_NAME]) for kind, text in said if name_key(text)]
    if not spellings:
        raise Invalid("name", _("An engineer needs a name or a handle."))
    shown_as = spellings[-1][1]
    slugs = _slugs(shown_as)
    while not (engineer := _known(spellings)):
        # Somebody else may be first with the spelling (then it is known) or with the address.
        with suppress(Taken), said_as(_somebody_was_first()), transaction.atomic():
            return _create(shown_as, next(slugs), spellings, at)
    remember(engineer=engineer, spellings=spellings)
    return engineer


def _somebody_was_first() -> dict[str, Taken]:
    return {name: Taken() for name in ("engineername_once", "builds_engineer_slug_key")}


def _slugs(name: str) -> Iterator[str]:
    stem = slugify(name, allow_unicode=True)[:70] or "engineer"
    yield stem
    for number in count(2):  # pragma: no branch - never ends
        yield f"{stem}-{number}"


def _known(spellings: list[Spelling]) -> Engineer | None:
    for kind, text in spellings:
        names = EngineerName.objects.filter(kind=kind, key=name_key(text))
        if found := names.select_related("engineer").first():
            return found.engineer
    return None


def _create(name: str, slug: str, spellings: list[Spelling], at: datetime) -> Engineer:
    engineer = Engineer.objects.create(
        name=name, name_sort_key=sort_key(name), slug=slug, created_at=at
    )
    EngineerName.objects.bulk_create(
        EngineerName(engineer=engineer, kind=kind, text=text, key=name_key(text))
        for kind, text in spellings
    )
    return engineer


def remember(*, engineer: Engineer, spellings: list[Spelling]) -> None:
    """Remember spellings of an engineer; one that is somebody else's stays theirs."""
    EngineerName.objects.bulk_create(
        (
            EngineerName(engineer=engineer, kind=kind, text=text, key=name_key(text))
            for kind, text in spellings
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def merge(*, engineer: Engineer, into: Engineer) -> bool:
    """Read an engineer as another one: two names, one person. ``unmerge`` undoes it.

    Nothing signed is rewritten: whoever reads credits follows ``merged_into``, one step. Names
    merged into the first go along. Raises Taken when both belong to members.
    """
    rows = Engineer.objects.select_for_update().order_by("pk").filter(pk__in=[engineer.pk, into.pk])
    both = {row.pk: row for row in rows}
    source, target = both[engineer.pk], both[into.pk]
    if source.pk == target.pk:
        raise Invalid("into", _("An engineer cannot be merged into themselves."))
    if source.merged_into_id == target.pk:
        return False
    if source.merged_into_id or target.merged_into_id:
        raise Invalid(
            "into", _("One of the two is merged into somebody else: take that back first.")
        )
    member_id = _one_member(source, target)
    Engineer.objects.filter(pk=source.pk).update(merged_into=target, member=None)
    Engineer.objects.filter(merged_into=source).update(merged_into=target)
    Engineer.objects.filter(pk=target.pk).update(member_id=member_id)
    return True


def _one_member(source: Engineer, target: Engineer) -> int | None:
    if source.member_id and target.member_id:
        raise Taken(_("Both belong to members: one of them has to let go first."))
    return target.member_id or source.member_id


def unmerge(*, engineer: Engineer) -> bool:
    """Read a merged engineer as somebody of their own again; the member stays where they went."""
    merged = Engineer.objects.filter(pk=engineer.pk).exclude(merged_into=None)
    return bool(merged.update(merged_into=None))


def hide(*, engineer: Engineer) -> bool:
    """Opt out: the credit stays, the page goes."""
    return bool(Engineer.objects.filter(pk=engineer.pk, is_hidden=False).update(is_hidden=True))


def show(*, engineer: Engineer) -> bool:
    return bool(Engineer.objects.filter(pk=engineer.pk, is_hidden=True).update(is_hidden=False))


def rename(*, engineer: Engineer, name: str) -> None:
    """Change the name shown; how notes spell it stays known."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("name", _("An engineer needs a name or a handle."))
    Engineer.objects.filter(pk=engineer.pk).update(name=name, name_sort_key=sort_key(name))


def thank(*, engineer: Engineer, member: Member, build: Build, at: datetime) -> bool:
    """Thank an engineer for a build, once; raises NotCredited when they did not work on it."""
    if engineer.member_id == member.pk:
        raise Invalid("engineer", _("You cannot thank yourself."))
    theirs = Q(engineer=engineer) | Q(engineer__merged_into=engineer)
    if not Credit.objects.filter(theirs, feature__build=build).exists():
        raise NotCredited(
            _("%(engineer)s did not work on %(build)s.") % {"engineer": engineer, "build": build}
        )
    _thanks, is_new = Thanks.objects.get_or_create(
        engineer=engineer, member=member, build=build, defaults={"created_at": at}
    )
    return is_new


def take_back_thanks(*, engineer: Engineer, member: Member, build: Build) -> bool:
    given = Thanks.objects.filter(engineer=engineer, member=member, build=build)
    return bool(given.delete()[0])
