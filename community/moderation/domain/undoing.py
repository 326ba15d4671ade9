"""Taking an act of the staff log back: once, by what the log kept of how it was."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from community.members.models import Member
from community.moderation import acts
from community.moderation.domain.log import UndoneBefore
from community.moderation.models import LogEntry


class CannotBeUndone(Exception):
    """The act has no way back, was taken back already, or what it was done to is gone."""


def undo(*, entry: LogEntry, by: Member, at: datetime) -> None:
    """Do what the act's room registered as its way back. Raises CannotBeUndone."""
    way_back = acts.find(entry.act).undo
    if way_back is None:
        raise CannotBeUndone
    try:
        with transaction.atomic():
            way_back(entry, by, at)
    except (UndoneBefore, ObjectDoesNotExist) as error:
        raise CannotBeUndone from error
