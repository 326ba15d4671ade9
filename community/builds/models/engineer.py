"""Engineers: the people whose names stand on changes."""

import unicodedata

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.members.models import Member

LONGEST_NAME = 80


def name_key(text: str) -> str:
    """What two spellings of one name or handle share: NFKC, case-folded, spaces joined, no @."""
    words = unicodedata.normalize("NFKC", text).casefold().split()
    return " ".join(words).lstrip("@")[:LONGEST_NAME]


class EngineerQuerySet(models.QuerySet["Engineer"]):
    def shown(self) -> "EngineerQuerySet":
        """Engineers with a page of their own."""
        return self.filter(is_hidden=False, merged_into=None)


class Engineer(models.Model):
    """Who built something: a member, or just a name (工程师)."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    # Engineers sort by pinyin in Chinese; PostgreSQL here has no ICU, so the key is stored.
    name_sort_key = models.CharField(max_length=120, editable=False, default="")
    member = models.OneToOneField(
        Member, models.SET_NULL, null=True, blank=True, related_name="engineer"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    # Opted out: the credit stays, the page goes.
    is_hidden = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = EngineerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="engineer_has_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="engineer_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(member=None), name="engineer_merged_has_no_member"
            ),
        ]
        indexes = [
            # The list of engineers in Chinese order.
            models.Index(fields=["name_sort_key", "id"], name="engineer_by_pinyin"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def photo_url(self) -> str:
        """The member's photograph where the member was asked for: a face is worth no query."""
        member = self._state.fields_cache.get("member")
        return member.photo_url if member else ""

    @property
    def photo_large_url(self) -> str:
        member = self._state.fields_cache.get("member")
        return member.photo_large_url if member else ""


class EngineerName(models.Model):
    """A spelling under which release notes name an engineer: a person's name or a handle."""

    class Kind(models.TextChoices):
        PERSON = "person", _("name")
        HANDLE = "handle", _("handle")

    engineer = models.ForeignKey(Engineer, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    text = models.CharField(max_length=80)
    # ``name_key(text)``: what an import looks up.
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="engineername_once"),
        ]

    def __str__(self) -> str:
        return self.text


class EngineerClaim(models.Model):
    """A member says "that is me"; a manager decides (认领)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", pgettext_lazy("claim", "accepted")
        REFUSED = "refused", _("refused")

    engineer = models.ForeignKey(Engineer, models.CASCADE, related_name="claims")
    member = models.ForeignKey(Member, models.CASCADE, related_name="engineer_claims")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    evidence = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engineer", "member"],
                condition=Q(state="waiting"),
                name="engineerclaim_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.engineer}"


class Thanks(models.Model):
    """A member thanks an engineer once a build (感谢)."""

    engineer = models.ForeignKey(Engineer, models.CASCADE, related_name="thanks")
    member = models.ForeignKey(Member, models.CASCADE, related_name="thanks_given")
    build = models.ForeignKey("builds.Build", models.CASCADE, related_name="thanks")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engineer", "member", "build"], name="thanks_once_a_build"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.engineer}"
