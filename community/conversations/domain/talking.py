"""Talking in private: beginning, answering, changing one's words within a minute."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from community.conversations.domain import refusals
from community.conversations.models import MOST_MEMBERS, Conversation, Message, Participation
from community.conversations.permissions import may_change, new_a_day
from community.media.domain.pictures import mark_used
from community.members import queries as members
from community.members.models import Member
from community.members.permissions import may_write_to
from community.notices.domain.telling import tell

MOST_MESSAGES = 10
MOST_MESSAGES_WITHIN = timedelta(minutes=1)
NOTICE = "conversations.message"
_LOCKS = 0x0F55  # the class of these advisory locks


def begin(
    *,
    author: Member,
    others: Collection[Member],
    body: str,
    at: datetime,
    title: str = "",
    submission_key: UUID | None = None,
) -> Conversation:
    """A conversation with its first message; the same submission key begins one.

    Raises TooMany, TooManyNew, NotWelcome or TooFast.
    """
    if not 0 < len({member.pk for member in others} - {author.pk}) < MOST_MEMBERS:
        raise refusals.TooMany
    with transaction.atomic():
        _one_at_a_time(author)
        if sent := _sent_before(author, submission_key):
            return sent.conversation
        _refuse_more(author, at)
        for member in others:
            if not may_write_to(author, member):
                raise refusals.NotWelcome(member)
        conversation = Conversation.objects.create(
            title=title, created_by=author, created_at=at, last_message_at=at
        )
        Participation.objects.bulk_create(
            Participation(conversation=conversation, member_id=pk, joined_at=at)
            for pk in sorted({member.pk for member in (author, *others)})
        )
        _say(conversation, author, body, at, submission_key)
    return conversation


def answer(
    *,
    conversation: Conversation,
    author: Member,
    body: str,
    at: datetime,
    submission_key: UUID | None = None,
) -> Message:
    """The next message. The conversation's row is locked: ids grow as messages can be read.

    Between two, a block of either ends it. Raises NobodyLeft, NotWelcome or TooFast.
    """
    with transaction.atomic():
        _one_at_a_time(author)
        if sent := _sent_before(author, submission_key):
            return sent
        current = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        _refuse_unheard(current, author)
        return _say(current, author, body, at, submission_key)


def edit(*, message: Message, author: Member, body: str, at: datetime) -> Message:
    """Say it better, within a minute. Raises TooLate."""
    with transaction.atomic():
        current = Message.objects.select_for_update().get(pk=message.pk)
        if not may_change(author, current, at):
            raise refusals.TooLate
        current.take_body(body)
        current.edited_at = at
        current.save(update_fields=["body", "html", "html_rules", "edited_at"])
        mark_used([body])
    return current


def withdraw(*, message: Message, author: Member, at: datetime) -> None:
    """Take one's words back, within a minute: nothing of them is kept. Raises TooLate."""
    with transaction.atomic():
        current = Message.objects.select_for_update().get(pk=message.pk)
        if not may_change(author, current, at):
            raise refusals.TooLate
        current.body = current.html = ""
        current.withdrawn_at = at
        current.save(update_fields=["body", "html", "withdrawn_at"])


def _say(
    conversation: Conversation, author: Member, body: str, at: datetime, key: UUID | None
) -> Message:
    lately = Message.objects.filter(author=author, sent_at__gt=at - MOST_MESSAGES_WITHIN)
    if lately.count() >= MOST_MESSAGES:
        raise refusals.TooFast
    message = Message(conversation=conversation, author=author, sent_at=at, submission_key=key)
    message.take_body(body)
    message.save(force_insert=True)
    mark_used([body])
    conversation.last_message_id, conversation.last_message_at = message.pk, at
    conversation.save(update_fields=["last_message_id", "last_message_at"])
    theirs = conversation.participations.active()
    theirs.filter(member=author).update(read_until=message.pk)
    _tell(conversation, message, author, at)
    return message


def _tell(conversation: Conversation, message: Message, author: Member, at: datetime) -> None:
    """Everybody else who has not left and does not ignore or block who wrote."""
    others = conversation.participations.active().exclude(member=author)
    hearing = set(others.values_list("member", flat=True)) - members.deaf_to(author.pk)
    tell(
        kind=NOTICE,
        members=sorted(hearing),
        about=f"conversation:{conversation.pk}",
        url=conversation.get_absolute_url(),
        words={"title": conversation.title},
        by=author.pk,
        at=at,
        source=f"message:{message.pk}",
    )


def _refuse_unheard(conversation: Conversation, author: Member) -> None:
    active = conversation.participations.active().exclude(member=author)
    others = [row.member for row in active.select_related("member")[:2]]
    if not others:
        raise refusals.NobodyLeft
    if len(others) == 1 and members.is_blocked(author, others[0]):
        raise refusals.NotWelcome(others[0])


def _refuse_more(author: Member, at: datetime) -> None:
    begun = Conversation.objects.filter(created_by=author, created_at__gt=at - timedelta(days=1))
    if begun.count() >= new_a_day(author):
        raise refusals.TooManyNew


def _one_at_a_time(author: Member) -> None:
    """What one member may do in a time is counted exactly, however much is sent at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, author.pk % 2**31])


def _sent_before(author: Member, key: UUID | None) -> Message | None:
    if key is None:
        return None
    sent = Message.objects.filter(author=author, submission_key=key)
    return sent.select_related("conversation").first()
