"""Topics and their posts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from community.forum.models import triggers
from community.forum.models.boards import Board, Kind, Tag
from community.members.models import Member
from community.members.permissions import User
from community.text.markdown import RULES, Names, render

TITLE_LENGTH = 200
POSTS_A_PAGE = 20
# A question without its answer, a bug report without a word from the product.
UNANSWERED = Q(kind=Kind.QUESTION, best_answer=None) | Q(kind=Kind.BUG, official_at=None)
# A reply that waits for approval has no place in its topic yet: its number is beyond them all.
FIRST_WAITING = 1_000_000_000


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible(self) -> Self:
        return self.filter(hidden_at=None, held_at=None, merged_into=None)

    def readable_by(self, user: User) -> Self:
        """What a list may show to somebody; one's own held topics stand only at their address."""
        return self.visible().filter(board__in=Board.objects.readable_by(user))

    def readable_by_everybody(self) -> Self:
        return self.visible().filter(board__readers=Board.Readers.EVERYBODY)

    def unanswered(self) -> Self:
        return self.filter(UNANSWERED)

    def by_last_post(self) -> Self:
        return self.order_by("-last_post_at", "-id")


class Topic(models.Model):
    """One conversation on a board (主题)."""

    Kind = Kind

    board = models.ForeignKey(Board, models.PROTECT, related_name="topics")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TALK)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    # Null: the site itself (every announcement), or somebody who has left.
    author = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="topics"
    )
    created_at = models.DateTimeField()
    # Derived from the posts; forum.domain.counting.recount rebuilds them. Hidden posts keep their
    # number, so the count is the number of the last post and tells the page of every post.
    last_post_at = models.DateTimeField()
    post_count = models.PositiveIntegerField(default=0)
    is_locked = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # Waits for a moderator's approval; nobody but its author and moderators sees it.
    held_at = models.DateTimeField(null=True, blank=True)
    # A moderator's timers: replies end (or have ended, by hand too), the pin comes off, a member
    # replies once in so long.
    locks_at = models.DateTimeField(null=True, blank=True)
    pinned_until = models.DateTimeField(null=True, blank=True)
    slow_mode_s = models.PositiveIntegerField(default=0)
    # Where its posts went when it was joined to another; its address leads there.
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    tags = models.ManyToManyField(Tag, related_name="topics", blank=True)
    # A question's answer, chosen by who asked or by a moderator.
    best_answer = models.ForeignKey(
        "Post", models.SET_NULL, null=True, blank=True, related_name="answered_topics"
    )
    # The first reply by somebody else, and the first in the name of the product.
    replied_at = models.DateTimeField(null=True, blank=True)
    official_at = models.DateTimeField(null=True, blank=True)
    # Of a bug: what it was seen on, and the build that mended it.
    device = models.CharField(_("device"), max_length=40, blank=True, default="")
    build = models.CharField(_("build"), max_length=40, blank=True, default="")
    fixed_in = models.CharField(_("fixed in build"), max_length=40, blank=True, default="")
    fixed_at = models.DateTimeField(null=True, blank=True)
    # Derived from MeToo rows; forum.domain.counting rebuilds it.
    me_too_count = models.PositiveIntegerField(default=0)
    # Rooms above have something to show here (forum.slots); the others need not be asked.
    has_panels = models.BooleanField(default=False, db_default=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_title"),
            models.CheckConstraint(
                condition=~Q(kind="announcement") | Q(author=None), name="topic_announced_by_site"
            ),
            models.CheckConstraint(
                condition=Q(best_answer=None) | Q(kind="question"), name="topic_answer_of_question"
            ),
            models.CheckConstraint(
                condition=Q(fixed_in="", fixed_at=None)
                | (~Q(fixed_in="") & Q(fixed_at__isnull=False, kind="bug")),
                name="topic_fix_of_bug",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("pk")), name="topic_not_merged_into_itself"
            ),
        ]
        indexes = [
            # A board's page: newest talk first.
            models.Index(fields=["board", "-last_post_at", "-id"], name="topic_board_by_last_post"),
            # "Being talked about" on the home page.
            models.Index(fields=["-last_post_at", "-id"], name="topic_by_last_post"),
            # A member's topics on their profile.
            models.Index(fields=["author", "-created_at"], name="topic_by_author"),
            # New topics.
            models.Index(fields=["-created_at", "-id"], name="topic_by_opening"),
            # Topics that need an answer: few of all, and nobody looks at the others.
            models.Index(
                fields=["-last_post_at", "-id"], condition=UNANSWERED, name="topic_unanswered"
            ),
        ]
        triggers = [triggers.topic_to_index]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.pk])

    @property
    def is_by_site(self) -> bool:
        return self.kind == self.Kind.ANNOUNCEMENT

    @property
    def is_visible(self) -> bool:
        return self.hidden_at is None and self.held_at is None

    @property
    def tag_list(self) -> Sequence[Tag]:
        """Its tags, without a manager for each topic of a page where they came with it."""
        known = getattr(self, "_prefetched_objects_cache", {}).get("tags")
        return list(self.tags.all() if known is None else known)

    def is_closed(self, at: datetime) -> bool:
        """Locked by hand or by its timer."""
        return self.is_locked or (self.locks_at is not None and self.locks_at <= at)


class PostQuerySet(models.QuerySet["Post"]):
    def visible(self) -> Self:
        return self.filter(hidden_at=None, held_at=None, withdrawn_at=None)

    def untold(self) -> Self:
        """Of which nobody was told, and which everybody who may read there can see."""
        shown = self.visible().filter(topic__hidden_at=None, topic__held_at=None)
        return shown.filter(is_told=False)

    def numbered(self, first: int, last: int) -> Self:
        return self.filter(number__gte=first, number__lte=last).order_by("number")


class Post(models.Model):
    """One contribution to a topic; number 1 opens it (帖子)."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    # Null: the site itself (is_by_site), or somebody who has left.
    author = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="posts")
    is_by_site = models.BooleanField(default=False)
    # Written in the name of the product, by an engineer or a manager.
    is_official = models.BooleanField(default=False)
    # The post it answers, if it names one.
    answers = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    body = models.TextField(_("text"), max_length=20_000)
    # The body as community.text.markdown.render made it by its rules of this number; derived.
    html = models.TextField(default="", editable=False)
    html_rules = models.PositiveSmallIntegerField(default=0, editable=False)
    # What the body names, as it is written there: {"@小明": ["/members/ming/", "小明"]}; found when
    # it was saved (forum.domain.naming), so that rendering asks nobody.
    names = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    # Three ways to be out of sight: by a moderator, until approved, by its author.
    hidden_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # How many of each reaction, derived from Reaction rows: {"thanks": 3}.
    reaction_counts = models.JSONField(default=dict, editable=False)
    # False until forum.tasks has told those who watch; a row to find, whatever was lost on the way.
    is_told = models.BooleanField(default=True)
    # Sent with the form: a doubled submit is the same post.
    submission_key = models.UUIDField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once_in_topic"),
            models.UniqueConstraint(
                fields=["author", "submission_key"], name="post_submitted_once"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="post_has_body"),
            models.CheckConstraint(condition=Q(number__gte=1), name="post_number_from_one"),
            models.CheckConstraint(
                condition=Q(is_by_site=False) | Q(author=None), name="post_by_site_or_member"
            ),
        ]
        indexes = [
            # What a member wrote lately: the limit on posting, and the profile.
            models.Index(fields=["author", "-created_at"], name="post_by_author"),
            # The topics a member has written in.
            models.Index(fields=["author", "topic"], name="post_by_author_and_topic"),
            # Whom nobody was told about yet: a handful at any time.
            models.Index(fields=["id"], condition=Q(is_told=False), name="post_untold"),
            # An author's own words that wait in a topic, below it.
            models.Index(
                fields=["topic", "author"],
                condition=Q(held_at__isnull=False),
                name="post_waits_in_topic",
            ),
            # What waits for approval.
            models.Index(
                fields=["created_at"], condition=Q(held_at__isnull=False), name="post_held"
            ),
        ]
        triggers = [triggers.post_to_index]

    def __str__(self) -> str:
        return f"#{self.number}"

    def get_absolute_url(self) -> str:
        """The page of the topic it stands on, and its place there; below all while it waits."""
        if self.number >= FIRST_WAITING:
            return f"{reverse('forum:topic', args=[self.topic_id])}#waiting"
        page = (self.number - 1) // POSTS_A_PAGE + 1
        query = f"?page={page}" if page > 1 else ""
        return f"{reverse('forum:topic', args=[self.topic_id])}{query}#post-{self.number}"

    @property
    def is_visible(self) -> bool:
        return self.hidden_at is None and self.held_at is None and self.withdrawn_at is None

    @property
    def rendered(self) -> SafeString:
        """The body as safe HTML: the stored one, unless the rules have changed since."""
        return rendered(self.body, self.names, self.html, self.html_rules)

    def take_body(self, body: str, names: Names | None = None) -> None:
        """Set the body and what it names, with what is derived from them; unsaved."""
        self.body = body
        self.names = names or {}
        self.html = render(body, keeps_lines=True, names=self.names)
        self.html_rules = RULES


def rendered(body: str, names: Names, html: str, rules: int) -> SafeString:
    """A body as safe HTML: the stored one, unless the rules have changed since."""
    if rules == RULES:
        return SafeString(html)  # nothing but render fills it
    return render(body, keeps_lines=True, names=names)
