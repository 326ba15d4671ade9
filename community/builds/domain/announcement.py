"""What the site itself says in a build's announcement topic."""

import re
from contextlib import suppress
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse

from community.builds.models import Build, Credit, Feature
from community.forum.domain.boards import ensure_boards
from community.forum.domain.posting import TopicLocked, open_topic, reply
from community.forum.models import Board, Topic

# A topic is a beginning, not the whole list: that is on the build's page.
FEATURES_NAMED = 40
NOTES_QUOTED = 6000
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!|~-])")


def announce(*, build: Build, at: datetime) -> Topic:
    """Open the topic of a build that goes out: its notes, its changes, who made them."""
    ensure_boards()
    return open_topic(
        board=Board.objects.get(slug="releases"),
        title=f"{build.product.name} {build.version}",
        body=_body(build),
        author=None,
        kind=Topic.Kind.ANNOUNCEMENT,
        at=at,
    )


def tell_recalled(*, build: Build, reason: str, at: datetime) -> None:
    """Say in the topic why the build was taken back, in both languages of the site."""
    if build.topic is None:
        return
    body = f"**{plain(build.version)} · 已撤回 · recalled**\n\n{plain(reason)}"
    with suppress(TopicLocked):
        reply(topic=build.topic, author=None, body=body, submission_key=None, at=at)


def plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _body(build: Build) -> str:
    signed = Prefetch("credits", Credit.objects.select_related("engineer").order_by("-share", "id"))
    features = Feature.objects.filter(build=build).order_by("position").prefetch_related(signed)
    lines = [_line(feature) for feature in features[:FEATURES_NAMED]]
    address = reverse("builds:detail", args=[build.slug])
    end = f"[全部更新与下载 · Every change and download]({address})"
    return "\n\n".join(part for part in (_notes(build), "\n".join(lines), end) if part)


def _notes(build: Build) -> str:
    """The first paragraphs of the notes, whole ones as far as they fit."""
    notes = build.notes.strip()
    if len(notes) <= NOTES_QUOTED:
        return notes
    return notes[:NOTES_QUOTED].rpartition("\n")[0] + "\n\n…"


def _line(feature: Feature) -> str:
    names = "、".join(plain(credit.engineer.name) for credit in feature.credits.all())
    return f"- {plain(feature.title)} — {names}"
