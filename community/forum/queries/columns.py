"""Columns, and the instalments of one, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from community.forum.models import Column, Topic, TopicQuerySet
from community.forum.queries.boards import TOPICS_A_PAGE, TopicList, listed
from community.forum.queries.keys import key_of, older_than
from community.members.models import Member
from community.members.permissions import User
from community.text.moments import moment_and_id


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A column with its editors, what came last, and when the next one is due."""

    column: Column
    editors: Sequence[Member]
    last: Topic | None
    due_on: date

    @property
    def logins(self) -> list[str]:
        return [editor.username for editor in self.editors]

    def is_overdue(self, at: datetime) -> bool:
        return localdate(at) > self.due_on

    def is_edited_by(self, user: User) -> bool:
        return user.is_authenticated and any(user.pk == editor.pk for editor in self.editors)


def entries(columns: QuerySet[Column]) -> list[Entry]:
    """What a list of columns shows of each; three queries, however many there are."""
    last = _written().filter(
        board=OuterRef("board"), tags=OuterRef("tag"), author__columns=OuterRef("pk")
    )
    newest = Subquery(last.order_by("-created_at", "-pk").values("pk")[:1])
    rows = columns.select_related("board", "tag").prefetch_related("editors")
    found = [(column, column.newest) for column in rows.annotate(newest=newest)]
    topics = Topic.objects.in_bulk([pk for _column, pk in found if pk])
    return [_entry(column, topics.get(pk)) for column, pk in found]


def instalments_of(column: Column, before: str = "") -> TopicList:
    """The archive of a column, newest first; `before` is a key (an unknown one: the first page)."""
    rows = listed(_written()).filter(
        board=column.board_id, tags=column.tag_id, author__columns=column.pk
    )
    if key := moment_and_id(before):
        rows = older_than(rows, "created_at", key)
    found = list(rows.order_by("-created_at", "-pk")[: TOPICS_A_PAGE + 1])
    shown = found[:TOPICS_A_PAGE]
    is_last = len(found) <= TOPICS_A_PAGE
    return TopicList(topics=shown, older="" if is_last else key_of(shown[-1], "created_at"))


def _entry(column: Column, last: Topic | None) -> Entry:
    return Entry(
        column=column,
        editors=list(column.editors.all()),
        last=last,
        due_on=column.due_on(localdate(last.created_at) if last else None),
    )


def _written() -> TopicQuerySet:
    return Topic.objects.visible().filter(kind=Topic.Kind.INSTALMENT)
