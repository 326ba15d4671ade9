"""Private conversations: who takes part, and what was said."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.text.markdown import RULES, render

MOST_MEMBERS = 10


class Conversation(models.Model):
    """What a few members say to each other; nobody else reads it (私信)."""

    title = models.CharField(_("title"), max_length=100, blank=True)
    created_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    # The last message and its moment, kept with it: lists sort and mark unread by them.
    last_message_id = models.BigIntegerField(default=0)
    last_message_at = models.DateTimeField()

    class Meta:
        indexes = [
            # How many a member has begun today.
            models.Index(fields=["created_by", "created_at"], name="conversation_by_beginner"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("conversations:detail", args=[self.pk])


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def active(self) -> Self:
        """Of those who have not left."""
        return self.filter(left_at=None)


class Participation(models.Model):
    """One member in one conversation, and how far they have read."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participations")
    member = models.ForeignKey(Member, models.CASCADE, related_name="participations")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # Who is added later sees what is said from then on: messages with a larger id.
    sees_after = models.BigIntegerField(default=0)
    read_until = models.BigIntegerField(default=0)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "member"], name="participation_once_a_member"
            ),
        ]
        indexes = [
            # My conversations.
            models.Index(
                fields=["member", "conversation"],
                condition=Q(left_at=None),
                name="participation_active",
            ),
        ]


class Message(models.Model):
    """One message; ids grow in the order in which they can be read (消息)."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="messages", db_index=False
    )
    # Null: somebody who has left the site.
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    body = models.TextField(_("text"), max_length=10_000)
    # The body as community.text.markdown.render made it by its rules of this number; derived.
    html = models.TextField(default="", editable=False)
    html_rules = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Sent with the form: a doubled submit is the same message.
    submission_key = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "submission_key"], name="message_sent_once"),
            models.CheckConstraint(
                condition=~Q(body="") | Q(withdrawn_at__isnull=False), name="message_has_body"
            ),
        ]
        indexes = [
            # A conversation page by page.
            models.Index(fields=["conversation", "-id"], name="message_by_conversation"),
            # What a member sent within the last minute.
            models.Index(fields=["author", "-sent_at"], name="message_by_author"),
        ]

    @property
    def rendered(self) -> SafeString:
        """The body as safe HTML: the stored one, unless the rules have changed since."""
        if self.html_rules == RULES:
            return mark_safe(self.html)  # noqa: S308 - nothing but render fills it
        return render(self.body, keeps_lines=True)

    def take_body(self, body: str) -> None:
        """Set the body with what is derived from it; unsaved."""
        self.body = body
        self.html = render(body, keeps_lines=True)
        self.html_rules = RULES
