"""Who joined in: reactions to posts, those who met a bug."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Count

from community.forum.models import MeToo, Post, Reaction, Topic
from community.members.models import Member
from community.members.permissions import User

MOST_PEOPLE = 100


def reactions_by(member: Member, post: Post) -> set[str]:
    """The kinds a member feels about a post."""
    return set(post.reactions.filter(member=member).values_list("kind", flat=True))


def reactions_to(user: User, posts: Collection[Post]) -> dict[int, list[str]]:
    """What somebody feels about each of these posts, by its id: one query, none for visitors."""
    felt: dict[int, list[str]] = defaultdict(list)
    if user.is_authenticated and posts:
        mine = Reaction.objects.filter(member=user.pk, post__in=[post.pk for post in posts])
        for post, kind in mine.order_by("pk").values_list("post_id", "kind"):
            felt[post].append(kind)
    return felt


def reactions_of(post: Post) -> dict[str, list[Member]]:
    """Who felt how about a post, by kind; the first MOST_PEOPLE."""
    people: dict[str, list[Member]] = defaultdict(list)
    for reaction in post.reactions.select_related("member").order_by("pk")[:MOST_PEOPLE]:
        people[reaction.kind].append(reaction.member)
    return {kind.value: people[kind] for kind in Reaction.Kind if people[kind]}


def people_by_reaction(post: Post) -> list[tuple[str, list[Member]]]:
    """As reactions_of, by the name of the kind."""
    return [(str(Reaction.Kind(kind).label), who) for kind, who in reactions_of(post).items()]


def met_in(topic: Topic) -> list[dict[str, Any]]:
    """How many met a bug with which device in which build; the most first."""
    met = MeToo.objects.filter(topic=topic).values("device", "build")
    counted = met.annotate(n=Count("pk")).order_by("-n", "device", "build")
    return [dict(row) for row in counted[:20]]
