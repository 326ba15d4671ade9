"""Where people talk: boards, topics, posts."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.members.models import Member

TITLE_LENGTH = 200
POSTS_A_PAGE = 20


class Board(models.Model):
    """A place for one kind of talk (版块)."""

    class Stage(models.TextChoices):
        IDEAS = "ideas", _("Talking about new features")
        BUGS = "bugs", _("Bug reports")
        RELEASES = "releases", _("Releases")
        EXPERIENCE = "experience", _("Experience")
        HELP = "help", _("Help")
        CHAT = "chat", _("Chat")

    slug = models.SlugField(unique=True)
    stage = models.CharField(max_length=12, choices=Stage.choices)
    name = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    description_zh = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    moderators = models.ManyToManyField(Member, related_name="moderated_boards", blank=True)

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "").startswith("zh") else self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:board", args=[self.slug])

    @property
    def blurb(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return self.description_zh if chinese else self.description


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible(self) -> Self:
        return self.filter(hidden_at=None)

    def by_last_post(self) -> Self:
        return self.order_by("-last_post_at", "-id")


class Topic(models.Model):
    """One conversation on a board (主题)."""

    class Kind(models.TextChoices):
        TALK = "talk", _("Talk")
        ANNOUNCEMENT = "announcement", _("Announcement")

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

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_title"),
            models.CheckConstraint(
                condition=~Q(kind="announcement") | Q(author=None), name="topic_announced_by_site"
            ),
        ]
        indexes = [
            # A board's page: newest talk first.
            models.Index(fields=["board", "-last_post_at", "-id"], name="topic_board_by_last_post"),
            # "Being talked about" on the home page.
            models.Index(fields=["-last_post_at", "-id"], name="topic_by_last_post"),
            # A member's topics on their profile.
            models.Index(fields=["author", "-created_at"], name="topic_by_author"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.pk])

    @property
    def is_by_site(self) -> bool:
        return self.kind == self.Kind.ANNOUNCEMENT


class PostQuerySet(models.QuerySet["Post"]):
    def visible(self) -> Self:
        return self.filter(hidden_at=None)

    def numbered(self, first: int, last: int) -> Self:
        return self.filter(number__gte=first, number__lte=last).order_by("number")


class Post(models.Model):
    """One contribution to a topic; number 1 opens it (帖子)."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    # Null: the site itself (is_by_site), or somebody who has left.
    author = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="posts")
    is_by_site = models.BooleanField(default=False)
    body = models.TextField(_("text"), max_length=20_000)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    def get_absolute_url(self) -> str:
        """The page of the topic it stands on, and its place there."""
        page = (self.number - 1) // POSTS_A_PAGE + 1
        query = f"?page={page}" if page > 1 else ""
        return f"{reverse('forum:topic', args=[self.topic_id])}{query}#post-{self.number}"
