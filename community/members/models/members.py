"""Who takes part: members, their devices and their API tokens."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from community.members.models import triggers
from community.text.markdown import RULES, render
from community.text.names import skeleton
from community.text.pairs import as_lexeme
from community.text.pinyin import keys, sort_key

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class MemberQuerySet(models.QuerySet["Member"]):
    def in_good_standing(self, at: datetime) -> Self:
        return self.filter(is_active=True).exclude(suspended_until__gt=at)

    def heard(self, at: datetime) -> Self:
        """Members who are not silenced."""
        return self.exclude(silenced_until__gt=at)

    def verified(self) -> Self:
        """Members who have shown that an e-mail address is theirs."""
        theirs = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        return self.filter(Exists(theirs))

    def by_pinyin(self) -> Self:
        return self.order_by("name_sort_key", "pk")


class MemberManager(UserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]  # made while the class is read
    """The doors Django's own commands use; everybody else calls domain.accounts.create_member."""

    use_in_migrations = False

    def create_superuser(self, username: str, **fields: Any) -> Member:
        member = self.create_user(username, **{"is_staff": True, "is_superuser": True} | fields)
        if member.email:
            # Whoever runs commands on the server need not show whose address it is.
            EmailAddress.objects.using(self._db).create(
                user=member, email=member.email, primary=True, verified=True
            )
        return member

    def create_user(self, username: str, **fields: Any) -> Member:
        password = fields.pop("password", None)
        name = fields.pop("display_name", "") or username
        member = Member(username=username.lower(), date_joined=timezone.now(), **fields)
        member.take_name(name)
        member.set_password(password)
        member.save(using=self._db)
        return member


class Audience(models.TextChoices):
    """For whose eyes something is, or whose words are welcome."""

    EVERYBODY = "everybody", _("everybody")
    MEMBERS = "members", _("members")
    FOLLOWED = "followed", _("members I follow")
    NOBODY = "nobody", _("nobody")


def _audience(label: StrPromise) -> models.CharField[str, str]:
    # The database knows the default too: processes of the release before do not name the column.
    return models.CharField(
        label,
        max_length=10,
        choices=Audience.choices,
        default=Audience.EVERYBODY,
        db_default=Audience.EVERYBODY,
    )


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account (会员)."""

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        CHINESE = "zh-hans", "简体中文"

    # In lower case: nobody remembers the capitals of a login name.
    username = models.CharField(_("login name"), max_length=40)
    display_name = models.CharField(_("display name"), max_length=40)
    # Confusable, full-width and invisible characters folded away: look-alikes collide here.
    name_skeleton = models.CharField(max_length=80, editable=False)
    # Members sort by pinyin in Chinese; PostgreSQL here has no ICU, so the key is stored.
    name_sort_key = models.CharField(max_length=120, editable=False, default="")
    # What one may begin to type to find the member: 小米 xiaomi xm. Null: still to be derived.
    name_keys = SearchVectorField(null=True, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    is_active = models.BooleanField(default=True)
    # Works on a product: may enter staff pages; ballots are counted apart from the members'.
    is_staff = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=0)
    region = models.CharField(_("region"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=Language.choices, blank=True, default=""
    )
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True, default="")
    about = models.TextField(_("about me"), max_length=1000, blank=True)
    # A line below each post, Markdown.
    signature = models.CharField(
        _("signature"), max_length=120, blank=True, default="", db_default=""
    )
    # The signature as community.text.markdown.render made it by its rules of this number; derived.
    signature_html = models.TextField(default="", db_default="", editable=False)
    signature_rules = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    # The key of a picture of community.media; "" is a letter.
    photo = models.CharField(max_length=32, blank=True, default="", db_default="")
    region_seen_by = _audience(_("who sees my region"))
    devices_seen_by = _audience(_("who sees my devices"))
    activity_seen_by = _audience(_("who sees what I do here"))
    written_to_by = models.CharField(
        _("who may write to me"),
        max_length=10,
        choices=Audience.choices[1:],
        default=Audience.MEMBERS,
        db_default=Audience.MEMBERS,
    )
    is_ranked = models.BooleanField(_("show me on leaderboards"), default=True, db_default=True)
    suspended_until = models.DateTimeField(null=True, blank=True)
    suspension_reason = models.CharField(max_length=200, blank=True)
    # May read and vote, but not write, until then; community.moderation keeps why.
    silenced_until = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField()

    objects = MemberManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "display_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["username"], name="member_login_name_once"),
            models.UniqueConstraint(fields=["name_skeleton"], name="member_display_name_once"),
            models.CheckConstraint(condition=Q(level__lte=5), name="member_level_at_most_five"),
            models.CheckConstraint(condition=~Q(username=""), name="member_has_login_name"),
            models.CheckConstraint(
                condition=Q(username=Lower("username")), name="member_login_name_in_lower_case"
            ),
            models.CheckConstraint(condition=~Q(display_name=""), name="member_has_display_name"),
        ]
        indexes = [
            # The member list in Chinese order.
            models.Index(fields=["name_sort_key", "id"], name="member_by_pinyin"),
            # Suggestions while somebody types a name.
            GinIndex(fields=["name_keys"], name="member_by_name_keys"),
            # The member list of one region.
            models.Index(fields=["region", "name_sort_key", "id"], name="member_by_region"),
        ]
        triggers = [triggers.signature_forgets]

    def __str__(self) -> str:
        return self.display_name

    def is_suspended(self, at: datetime) -> bool:
        return self.suspended_until is not None and self.suspended_until > at

    @property
    def photo_url(self) -> str:
        """The photograph for faces of every size but the largest; "" without one."""
        return face_url(self.photo)

    @property
    def photo_large_url(self) -> str:
        return f"/pictures/{self.photo}.webp" if self.photo else ""

    def take_signature(self, signature: str) -> None:
        """Set the signature with what is derived from it; unsaved, unjudged."""
        self.signature = signature
        self.signature_html, self.signature_rules = render(signature), RULES

    def take_name(self, display_name: str) -> None:
        """Set the display name with what is derived from it; unsaved, unjudged."""
        self.display_name = display_name
        self.name_skeleton = skeleton(display_name)
        self.name_sort_key = sort_key(display_name)
        found_by = {*keys(display_name), self.username.lower()} - {""}
        self.name_keys = " ".join(sorted(map(as_lexeme, found_by)))


class Device(models.Model):
    """Something a member runs builds on; its key signs what the updater reports (设备)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="devices")
    family = models.CharField(_("family"), max_length=40)
    label = models.CharField(_("name of this device"), max_length=60, blank=True)
    # Ed25519 public key, 32 bytes; the private half never stays on the site.
    public_key = models.BinaryField(max_length=32)
    added_at = models.DateTimeField()
    is_main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["public_key"], name="device_key_once"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(is_main=True), name="device_one_main_per_member"
            ),
            models.CheckConstraint(condition=~Q(family=""), name="device_has_family"),
        ]

    def __str__(self) -> str:
        return self.label or self.family


class ApiToken(models.Model):
    """A scoped, expiring key to the API; only its SHA-256 is kept (访问令牌)."""

    class Scope(models.TextChoices):
        READ = "read", _("read what I may read")
        BALLOTS = "ballots", _("send my ballots")
        BUILDS = "builds", _("create and edit builds")
        POSTS = "posts", _("write and react in my name")
        PEOPLE = "people", _("see and change whom I follow, and my conversations")
        MODERATION = "moderation", _("moderate my boards")

    member = models.ForeignKey(Member, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=60)
    digest = models.BinaryField(max_length=32)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="apitoken_digest_once"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="apitoken_expires_later"
            ),
            models.CheckConstraint(condition=Q(scopes__len__gte=1), name="apitoken_has_a_scope"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_names(self) -> list[str]:
        """What it may do, in the reader's language."""
        return [str(self.Scope(scope).label) for scope in self.scopes]


def signed(signature: str, html: str, rules: int) -> SafeString:
    """A signature as safe HTML: the stored one, unless the rules have changed since."""
    return SafeString(html) if rules == RULES else render(signature)  # nothing but render fills it


def face_url(photo: str) -> str:
    """Where the picture of a face lies; "" without one."""
    return f"/pictures/{photo}-96.webp" if photo else ""
