"""The list of watched words, as admins keep it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from community.members.models import Member
from community.moderation.domain.log import record
from community.moderation.models import WatchedWord


class WatchedAlready(Exception):
    """The word is on the list of this board."""


def save_word(*, word: WatchedWord, by: Member, at: datetime) -> WatchedWord:
    """Add a word or change it. Raises WatchedAlready."""
    if not word.pk:
        word.added_by, word.added_at = by, at
    try:
        with transaction.atomic():
            word.save()
            _record(word, by, at, {"word": word.pattern, "step": word.action})
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") == "watchedword_once_a_board":
            raise WatchedAlready from error
        raise
    return word


def remove_word(*, word: WatchedWord, by: Member, at: datetime) -> None:
    """Take a word from the list."""
    with transaction.atomic():
        _record(word, by, at, {"word": word.pattern, "step": "removed"})
        word.delete()


def _record(word: WatchedWord, by: Member, at: datetime, detail: dict[str, Any]) -> None:
    subject = f"word:{word.pk}"
    record(by=by, act="change_words", subject=subject, at=at, board=word.board, detail=detail)
