"""What a few letters may stand for: members, tags, and what other rooms know.

A room registers what it knows in its AppConfig.ready()::

    suggesting.register("build", builds_like)  # (prefix, reader, topic, limit) -> suggestions

A suggester is asked for every letter somebody types: it looks along an index and stops at `limit`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from community.forum.models import Tag, Topic
from community.members.permissions import User
from community.members.queries import named_like
from community.text.fold import fold

IN_RESULTS = 4


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Something that may be meant; `insert` is what stands for it in a post."""

    kind: str
    key: str
    name: str
    note: str = ""
    url: str
    insert: str = ""


Suggester = Callable[[str, User, Topic | None, int], Iterable[Suggestion]]

_suggesters: dict[str, Suggester] = {}


def register(kind: str, suggester: Suggester) -> None:
    """Suggest things of a kind; asked in the order of registration."""
    _suggesters[kind] = suggester


def kinds() -> tuple[str, ...]:
    return tuple(_suggesters)


def suggested(
    prefix: str,
    user: User,
    *,
    kinds: Sequence[str] = (),
    topic: Topic | None = None,
    limit: int = 8,
) -> list[Suggestion]:
    """What may be meant, kind by kind; every kind there is when none is named."""
    asked = [kind for kind in _suggesters if not kinds or kind in kinds]
    return [
        suggestion for kind in asked for suggestion in _suggesters[kind](prefix, user, topic, limit)
    ]


def found_by(words: str, user: User) -> list[Suggestion]:
    """What a search finds besides posts: things whose name begins with all of its words."""
    return suggested(words, user, limit=IN_RESULTS) if words else []


def members_like(prefix: str, _user: User, topic: Topic | None, limit: int) -> list[Suggestion]:
    """Members by name, pinyin and initials; those who write in the topic come first."""
    named = named_like(prefix)
    here = list(named.filter(pk__in=topic.posts.values("author"))[:limit]) if topic else []
    known = {member.pk for member in here}
    others = [member for member in named[: limit + len(here)] if member.pk not in known]
    return [
        Suggestion(
            kind="member",
            key=member.username,
            name=str(member),
            note=member.username if member.username != str(member).lower() else "",
            url=reverse("members:profile", args=[member.username]),
            insert=f"@{member}",
        )
        for member in (*here, *others)[:limit]
    ]


def tags_like(prefix: str, _user: User, _topic: Topic | None, limit: int) -> list[Suggestion]:
    """Tags by name and pinyin, the most used first."""
    folded = fold(prefix).strip().removeprefix("#")
    if not folded:
        return []
    begun = Q(folded__startswith=folded) | Q(spelled__startswith=folded)
    begun |= Q(spelled__contains=f" {folded}")
    tags = Tag.objects.filter(begun).order_by("-topic_count", "folded")[:limit]
    return [
        Suggestion(
            kind="tag",
            key=tag.folded,
            name=str(tag),
            url=f"{reverse('forum:search')}?{urlencode({'q': f'tag:{tag}'})}",
        )
        for tag in tags
    ]
