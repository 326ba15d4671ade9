"""What the forms of the forum begin with."""

from django.db.models import QuerySet

from community.forum.models import Draft, Post, PostVersion, Tag
from community.members import queries as members
from community.members.permissions import User

DRAFTS_A_PAGE = 200
MOST_QUOTED = 1_500
TAGS_OFFERED = 60


def draft_at(user: User, place: str) -> Draft | None:
    """What somebody has begun to write there."""
    if not user.is_authenticated:
        return None
    return Draft.objects.filter(member=user, place=place).first()


def drafts_of(user: User) -> QuerySet[Draft]:
    """Everything somebody has begun, newest first."""
    return Draft.objects.filter(member_id=user.pk or 0).order_by("-saved_at", "-pk")[:DRAFTS_A_PAGE]


def devices_of(user: User) -> list[str]:
    """The families of a member's devices, the main one first."""
    if not user.is_authenticated:
        return []
    return list(dict.fromkeys(device.family for device in members.devices_of(user)))


def tags_used_most() -> list[str]:
    """The names of the tags with the most topics."""
    used = Tag.objects.filter(topic_count__gt=0).order_by("-topic_count", "pk")
    return list(used.values_list("name", flat=True)[:TAGS_OFFERED])


def quote_of(post: Post) -> str:
    """A post as a quotation in Markdown: who said it, and where; its own quotations left out."""
    words = "\n".join(line for line in post.body.splitlines() if not line.startswith(">"))
    said = [f"[{_author(post)} #{post.number}](/forum/posts/{post.pk}/)"]
    said += words.strip()[:MOST_QUOTED].splitlines()
    return "\n".join(f"> {line}".rstrip() for line in said) + "\n"


def _author(post: Post) -> str:
    name = str(post.author or ("Orange Friday" if post.is_by_site else "—"))
    return name.replace("_", "\\_")


def versions_of(post: Post) -> list[PostVersion]:
    """Every version of an edited post, oldest first, with who wrote it."""
    return list(post.versions.select_related("by").order_by("number"))


def version_of(post: Post) -> int:
    """The number of the version a post says now; 1 when it never changed."""
    return post.versions.count() or 1
