"""Boards: where which kind of talk belongs, and who may read and write there."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.members.permissions import User, is_member, may_enter_staff_pages

MOST_LEVEL = 5
# What stands where a board has its slug, or is to: /forum/new/ is no board.
FIXED_ADDRESSES = (
    "bookmarks",
    "columns",
    "drafts",
    "feeds",
    "mine",
    "moderate",
    "needs-an-answer",
    "new",
    "polls",
    "posts",
    "preview",
    "read",
    "reading",
    "search",
    "similar",
    "tags",
    "topics",
    "unread",
    "watch",
)


class Kind(models.TextChoices):
    """What a topic is, which decides what can be done with it."""

    TALK = "talk", _("Talk")
    QUESTION = "question", _("Question")
    BUG = "bug", _("Bug report")
    EXPERIENCE = "experience", _("Experience")
    INSTALMENT = "instalment", _("Column")
    ANNOUNCEMENT = "announcement", _("Announcement")


def talk_only() -> list[str]:
    return [Kind.TALK.value]


class BoardQuerySet(models.QuerySet["Board"]):
    def readable_by(self, user: User) -> Self:
        """As forum.permissions.may_read_board says."""
        if may_enter_staff_pages(user):
            return self
        if not is_member(user):
            return self.filter(readers=Board.Readers.EVERYBODY)
        moderated = Board.moderators.through.objects.filter(member=user.pk).values("board")
        return self.filter(~Q(readers=Board.Readers.STAFF) | Q(pk__in=moderated))


class Board(models.Model):
    """A place for one kind of talk (版块)."""

    class Stage(models.TextChoices):
        IDEAS = "ideas", _("Talking about new features")
        BUGS = "bugs", _("Bug reports")
        RELEASES = "releases", _("Releases")
        EXPERIENCE = "experience", _("Experience")
        HELP = "help", _("Help")
        CHAT = "chat", _("Chat")

    class Readers(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        MEMBERS = "members", _("members")
        STAFF = "staff", _("staff and the board's moderators")

    slug = models.SlugField(unique=True)
    stage = models.CharField(max_length=12, choices=Stage.choices)
    name = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    description_zh = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.EVERYBODY)
    # Lower levels read, and reply when they may read; they open no topics here.
    level_to_open = models.PositiveSmallIntegerField(default=0)
    level_to_reply = models.PositiveSmallIntegerField(default=0)
    # The kinds of topics that members may open here; the first one is offered first.
    kinds = ArrayField(models.CharField(max_length=12, choices=Kind.choices), default=talk_only)
    moderators = models.ManyToManyField(Member, related_name="moderated_boards", blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level_to_open__lte=MOST_LEVEL, level_to_reply__lte=MOST_LEVEL),
                name="board_levels_exist",
            ),
            models.CheckConstraint(condition=Q(kinds__len__gte=1), name="board_has_a_kind"),
            models.CheckConstraint(
                condition=~Q(slug__in=FIXED_ADDRESSES),
                name="board_slug_is_free",
                violation_error_message=_("A page of the forum has this address already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "").startswith("zh") else self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:board", args=[self.slug])

    @property
    def blurb(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return self.description_zh if chinese else self.description


class PostTemplate(models.Model):
    """What the first post of a kind of topic begins with on a board (发帖模板)."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="templates")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # Markdown; {build} and {device} stand for what the writer chose.
    text = models.TextField(max_length=4000)
    text_zh = models.TextField(max_length=4000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "kind"], name="posttemplate_once_a_kind"),
        ]

    def __str__(self) -> str:
        return self.text_zh if (get_language() or "").startswith("zh") else self.text


class Tag(models.Model):
    """A word topics are found by: a device, a build, an area, anything (标签)."""

    class Sort(models.TextChoices):
        FREE = "free", _("anything")
        DEVICE = "device", _("device")
        BUILD = "build", _("build")
        AREA = "area", _("area")

    name = models.CharField(max_length=40)
    # community.text.fold: one tag for 繁體 and 繁体, MIUI and ＭＩＵＩ.
    folded = models.CharField(max_length=40, unique=True)
    sort = models.CharField(max_length=8, choices=Sort.choices, default=Sort.FREE)
    # What it is spelled in letters, for suggestions: 相机 xiangji xj.
    spelled = models.CharField(max_length=120, default="", blank=True)
    # Derived; forum.domain.counting rebuilds it.
    topic_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(folded=""), name="tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:tag", args=[self.folded])
