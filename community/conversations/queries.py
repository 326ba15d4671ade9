"""What a member sees of private conversations: their own, from when they joined."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch, Q, QuerySet

from community.conversations.models import Message, Participation
from community.members.models import Member
from community.moderation.models import Case
from community.text.moments import moment_and_id
from community.text.whole import number

CONVERSATIONS_A_PAGE = 30
MESSAGES_A_PAGE = 30
CONTEXT = 3


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """One page of a member's conversations; `older` is the cursor of the next, "" on the last."""

    participations: Sequence[Participation]
    older: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a conversation, the oldest first; `earlier` is the cursor of the one before."""

    messages: Sequence[Message]
    earlier: str

    @property
    def last(self) -> int:
        """The id of its last message; 0 on an empty page."""
        return self.messages[-1].pk if self.messages else 0


def own(member: Member) -> QuerySet[Participation]:
    """The conversations a member takes part in; whoever has left sees nothing of one."""
    return Participation.objects.active().filter(member=member).select_related("conversation")


def listed(member: Member) -> QuerySet[Participation]:
    """As `own`, the latest message first, each with who takes part and whether it is unread."""
    others = Participation.objects.active().exclude(member=member).select_related("member")
    is_unread = Q(conversation__last_message_id__gt=F("read_until"))
    return (
        own(member)
        .annotate(is_unread=ExpressionWrapper(is_unread, output_field=BooleanField()))
        .prefetch_related(
            Prefetch("conversation__participations", others.order_by("pk"), to_attr="others")
        )
        .order_by("-conversation__last_message_at", "-conversation_id")
    )


def inbox(member: Member, before: str = "") -> Inbox:
    """A page of a member's conversations before a cursor (an unknown one: the first page)."""
    rows = listed(member)
    if cursor := moment_and_id(before):
        at, pk = cursor
        earlier = Q(conversation__last_message_at=at, conversation__lt=pk)
        rows = rows.filter(Q(conversation__last_message_at__lt=at) | earlier)
    found = list(rows[: CONVERSATIONS_A_PAGE + 1])
    shown = found[:CONVERSATIONS_A_PAGE]
    older = _cursor(shown[-1]) if len(found) > CONVERSATIONS_A_PAGE else ""
    return Inbox(participations=shown, older=older)


def messages_of(participation: Participation) -> QuerySet[Message]:
    """What somebody who takes part may read."""
    seen = Message.objects.filter(
        conversation=participation.conversation_id, pk__gt=participation.sees_after
    )
    return seen.select_related("author")


def page_of(participation: Participation, before: str = "") -> Page:
    """The messages before a cursor, the last ones without."""
    rows = messages_of(participation).order_by("-pk")
    if cursor := number(before):
        rows = rows.filter(pk__lt=cursor)
    found = list(rows[: MESSAGES_A_PAGE + 1])
    shown = found[:MESSAGES_A_PAGE]
    earlier = str(shown[-1].pk) if len(found) > MESSAGES_A_PAGE else ""
    return Page(messages=shown[::-1], earlier=earlier)


def with_context(message: Message) -> list[Message]:
    """A message and the three before it, the oldest first: what a report lets admins read."""
    talk = Message.objects.filter(conversation=message.conversation_id, pk__lte=message.pk)
    return list(talk.select_related("author").order_by("-pk")[: CONTEXT + 1])[::-1]


def is_reported(message: Message) -> bool:
    """Whether a case about it waits to be settled."""
    return Case.objects.unsettled().filter(kind="message", subject=message.pk).exists()


def others_of(participation: Participation) -> list[Member]:
    """Who takes part beside oneself."""
    active = Participation.objects.active().filter(conversation=participation.conversation_id)
    others = active.exclude(member=participation.member_id).select_related("member")
    return [row.member for row in others.order_by("pk")]


def _cursor(row: Participation) -> str:
    return f"{row.conversation.last_message_at.isoformat()}~{row.conversation_id}"
