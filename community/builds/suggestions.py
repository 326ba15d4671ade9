"""What the first letters of a version or a name may stand for, for the forum's suggestions."""

from django.db.models import Q
from django.urls import reverse

from community.builds.models import Build, Engineer
from community.forum.models import Topic
from community.forum.search.suggesting import Suggestion
from community.members.permissions import User


def builds_like(prefix: str, _user: User, _topic: Topic | None, limit: int) -> list[Suggestion]:
    """Public builds by version, the newest first."""
    begun = prefix.strip().replace("\0", "")
    if not begun:
        return []
    builds = Build.objects.public().filter(version__istartswith=begun).order_by("-published_at")
    return [
        Suggestion(
            kind="build",
            key=build.slug,
            name=str(build),
            note=str(build.product),
            url=reverse("builds:detail", args=[build.slug]),
            insert=f"[[{build.slug}]]",
        )
        for build in builds.select_related("product")[:limit]
    ]


def engineers_like(prefix: str, _user: User, _topic: Topic | None, limit: int) -> list[Suggestion]:
    """Engineers with a page, by name."""
    begun = prefix.strip().removeprefix("@").replace("\0", "")
    if not begun:
        return []
    named = Q(name__istartswith=begun) | Q(names__text__istartswith=begun)
    engineers = Engineer.objects.shown().filter(named).distinct().order_by("name_sort_key", "pk")
    return [
        Suggestion(
            kind="engineer",
            key=engineer.slug,
            name=engineer.name,
            url=reverse("builds:engineer", args=[engineer.slug]),
            insert=f"[[{engineer.name}]]",
        )
        for engineer in engineers[:limit]
    ]
