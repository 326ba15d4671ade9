"""Drafts: kept while one writes, in whatever browser; never lost to another one silently."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from community.forum.models import Draft
from community.media.domain.pictures import mark_used
from community.members.models import Member

MOST_DRAFTS = 200


class DraftChanged(Exception):
    """It was saved elsewhere since; `theirs` is what is kept now."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__(theirs.place)
        self.theirs = theirs


class TooManyDrafts(Exception):
    """The member keeps MOST_DRAFTS drafts."""


def save_draft(
    *,
    member: Member,
    place: str,
    seen: int,
    at: datetime,
    title: str = "",
    body: str = "",
    fields: dict[str, Any] | None = None,
) -> Draft:
    """Keep a draft; `seen` is the version it was written upon, 0 for a new one.

    The same words sent twice are saved once; pictures in them stay. Raises DraftChanged or
    TooManyDrafts.
    """
    words = {"title": title, "body": body, "fields": fields or {}}
    mark_used([body])
    drafts = Draft.objects.filter(member=member, place=place)
    if seen and drafts.filter(version=seen).update(version=F("version") + 1, saved_at=at, **words):
        return drafts.get()
    if not drafts.exists() and member.drafts.count() >= MOST_DRAFTS:
        raise TooManyDrafts
    try:
        with transaction.atomic():
            # Sent or thrown away elsewhere, it begins anew, above the version that was seen.
            return Draft.objects.create(
                member=member, place=place, version=seen + 1, saved_at=at, **words
            )
    except IntegrityError:
        theirs = drafts.get()
    if all(getattr(theirs, name) == value for name, value in words.items()):
        return theirs
    raise DraftChanged(theirs)


def forget_draft(*, member: Member | None, place: str) -> None:
    """Throw a draft away, or find that it is gone."""
    if member is not None:
        Draft.objects.filter(member=member, place=place).delete()
