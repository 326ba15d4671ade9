"""What is looked at before it is published: rules of approval and watched words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Member


class ApprovalRule(models.Model):
    """A member's first posts of a sort wait for a moderator (先审后发)."""

    class Rule(models.TextChoices):
        FIRST_POSTS = "first_posts", _("first posts")
        FIRST_LINKS = "first_links", _("first posts with a link")
        FIRST_PICTURES = "first_pictures", _("first posts with a picture")

    rule = models.CharField(max_length=14, choices=Rule.choices)
    # A board of its own rule; "" is for every board that has none.
    board = models.SlugField(blank=True, default="", help_text=_("Empty: every board."))
    count = models.PositiveSmallIntegerField(
        default=1, help_text=_("So many have to be approved; 0 switches the rule off.")
    )
    until_level = models.PositiveSmallIntegerField(
        default=1, help_text=_("Members of this level or a higher one never wait.")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "board"], name="approvalrule_once_a_board"),
        ]

    def __str__(self) -> str:
        return self.get_rule_display()


class WatchedWord(models.Model):
    """A word that is looked out for, however it is dressed (敏感词)."""

    class Action(models.TextChoices):
        BLOCK = "block", _("refuse the text")
        REVIEW = "review", _("hold it for approval")
        REPLACE = "replace", _("put other words in its place")
        ANSWER = "answer", _("publish it and answer by itself")

    pattern = models.CharField(_("word"), max_length=60)
    action = models.CharField(_("what is done"), max_length=8, choices=Action.choices)
    # The rule as members are told it; never the word itself.
    rule = models.CharField(_("the rule members are told"), max_length=80)
    board = models.SlugField(_("board"), blank=True, default="")
    text = models.CharField(_("other words, or the answer"), max_length=500, blank=True, default="")
    is_active = models.BooleanField(_("in force"), default=True)
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pattern", "board"], name="watchedword_once_a_board"),
            models.CheckConstraint(condition=~Q(pattern=""), name="watchedword_has_a_pattern"),
            models.CheckConstraint(
                condition=~Q(action="answer") | ~Q(text=""), name="watchedword_answers_something"
            ),
        ]

    def __str__(self) -> str:
        return self.pattern
