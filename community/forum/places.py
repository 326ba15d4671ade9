"""Where drafts belong: a place is what the thing will be, and of what."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from community.forum.models import Board, Draft, Post, Topic
from community.text.whole import numbers

# Of this room; others keep drafts at places of their own, below their own names.
PLACE = re.compile(r"new:[-\w]{1,60}|(?:reply|edit):\d{1,18}|[a-z]{1,20}:[-\w]{1,50}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A draft with where it is written on: `url` is "" where one cannot any more."""

    draft: Draft
    label: str
    url: str


def places_of(drafts: Iterable[Draft]) -> list[Place]:
    """Drafts with their places, in a query for each sort of place."""
    listed = list(drafts)
    ids = {sort: _ids(listed, sort) for sort in ("new", "reply", "edit")}
    boards = {b.slug: b for b in Board.objects.filter(slug__in=ids["new"])}
    topics = Topic.objects.visible().in_bulk(numbers(ids["reply"]))
    posts = Post.objects.select_related("topic").in_bulk(numbers(ids["edit"]))
    return [_place(draft, boards, topics, posts) for draft in listed]


def _ids(drafts: list[Draft], sort: str) -> set[str]:
    begun = f"{sort}:"
    return {d.place.removeprefix(begun) for d in drafts if d.place.startswith(begun)}


def _place(
    draft: Draft, boards: dict[str, Board], topics: dict[int, Topic], posts: dict[int, Post]
) -> Place:
    sort, _colon, what = draft.place.partition(":")
    label, url = "", ""
    if sort == "new" and (board := boards.get(what)):
        label = _("New topic on %(board)s") % {"board": board}
        url = reverse("forum:new_topic", args=[board.slug])
    elif sort == "reply" and (topic := topics.get(int(what))):
        label = _("Reply to %(topic)s") % {"topic": topic}
        url = reverse("forum:reply", args=[topic.pk])
    elif sort == "edit" and (post := posts.get(int(what))):
        label = _("Edit of post %(n)d in %(topic)s") % {"n": post.number, "topic": post.topic}
        url = reverse("forum:edit_post", args=[post.pk])
    return Place(draft=draft, label=label or _("A place that is gone"), url=url)
