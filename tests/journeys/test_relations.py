"""What one must not see is as good as not there, at every address that names somebody's thing.

The addresses come from the resolver; whoever adds one says below what it names. For each relation
of a thing to its reader (hidden board, private, another's, held, withdrawn …) and each role
that must not see it, the answer is that for a thing that was never there.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.conversations import urls as conversations
from community.conversations.domain import talking
from community.forum import urls as forum
from community.forum.domain import moderation as moderation_acts
from community.forum.domain.posting import open_topic, reply
from community.forum.models import Board, Kind, Post, Topic
from community.members.models import Member
from community.moderation import urls as moderation
from community.moderation.domain import cases, sanctions
from community.moderation.models import LogEntry, WatchedWord
from community.notices import urls as notices
from community.notices.models import Notice, PushSubscription
from tests.community.members.making import make_member, signed_in
from tests.community.moderation.making import make_moderator

pytestmark = pytest.mark.django_db
THINGS_BY_ID = (
    *("topic", "post", "talk", "message", "notice", "browser"),
    *("case", "penalty", "sanction", "word", "entry"),
)
NEVER = dict.fromkeys(THINGS_BY_ID, 2**31 - 1) | {"board": "never"}
# What an address names, by how its route begins after /forum/ or /api/v1/.
THINGS = {
    r"notices/<int:pk>/": "notice",
    r"notices/browsers/<int:pk>/": "browser",
    r"moderation/cases/<int:pk>/": "case",
    r"moderation/sanctions/<int:pk>/": "penalty",
    r"(settings/)?standing/<int:pk>/": "sanction",
    r"moderation/words/<int:pk>/": "word",
    r"moderation/log/<int:pk>/": "entry",
    r"report/<slug:kind>/<int:pk>/": "post",
    r"(feeds/)?topics/<int:pk>/": "topic",
    r"watch(es)?/<str:name>/<int:pk>/": "topic",
    r"posts/<int:pk>/": "post",
    r"(feeds/)?(boards/)?<slug:slug>/": "board",
    r"conversations/<int:pk>/": "talk",
    r"conversations/messages/<int:pk>/": "message",
}
# These name nothing that is anybody's: a tag, a public column, one's own draft at a place, what a
# mail is signed with, a member whom everybody may know (for the desk's pages see addresses.py).
NOBODYS = {
    "tag", "tag_feed", "column", "api_instalments", "remove_draft", "api_draft", "unsubscribe",
    "member", "add_note", "sanction", "api_moderated_member", "api_note_list", "api_sanction_list",
}  # fmt: skip
# Without more nobody gets further: a question, an earlier version, words taken back, a report.
NEED_MORE = {
    "forum:choose_answer",
    "forum:restore_version",
    "forum:hide_version",
    "forum:put_back",
    "api_best_answer",
    "api_restore_version",
    "api_hidden_version",
    "conversations:reported",
}
# Visitors, strangers, the author, a moderator elsewhere, admins: each sees what those before see.
# Of those who must not see a thing the last one is asked, by relation.
BLIND = {
    "members": "visitor",
    "staff": "author",
    "hidden": "author",
    "held": "stranger",
    "withdrawn": "stranger",
    "private": "admin",
    "another's": "admin",
    "elsewhere": "moderator",
    "of admins": "moderator",
    "of staff": "author",
}
# What somebody who may would send.
WORDS = {"last_read": 1, "place": 1, "level": 3, "until": 1, "body": "x", "reading": "pages"}
WORDS |= {"members": ["somebody"], "appeal": "x", "reason": "spam", "outcome": "kept"}
METHODS = ("get", "post", "put", "patch", "delete")
FILLED = {"number": 1, "kind": "thanks", "name": "topic"}


def not_found(_request: HttpRequest, **_why: Any) -> HttpResponse:
    """Without the frame of the site: it is asked for very often here."""
    return HttpResponse(status=404)


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address that names a thing, and how it is asked."""

    name: str
    thing: str
    route: str
    methods: tuple[str, ...]

    def url(self, key: object) -> str:
        wanted = re.findall(r"<\w+:(\w+)>", self.route)
        filled = FILLED | ({"kind": "post"} if self.route.startswith("report/") else {})
        return reverse(self.name, args=[filled.get(one, key) for one in wanted])


def addresses() -> Iterator[Address]:
    """Every address of the rooms that names something of somebody's."""
    for room in (forum, conversations, notices, moderation):
        for pattern in (*room.urlpatterns, *room.api_patterns):
            route, is_page = str(pattern.pattern), pattern in room.urlpatterns
            if "<" not in route or pattern.name in NOBODYS:
                continue
            yield Address(
                name=f"{room.app_name}:{pattern.name}" if is_page else str(pattern.name),
                thing=thing_of(route),
                route=route,
                methods=methods_of(pattern.callback),
            )


def thing_of(route: str) -> str:
    begin = route.removeprefix("forum/")
    for pattern, thing in THINGS.items():
        if re.match(pattern, begin):
            return thing
    pytest.fail(f"Nobody has said what {route} names: THINGS or NOBODYS.")


class World:
    """One thing of each kind in each relation, by (thing, relation)."""

    def __init__(self) -> None:
        # For a minute one may take one's words back: it ends after any test, however slow.
        self.now = timezone.now() + timedelta(hours=1)
        self.author, other = make_member(), make_member()
        self.readers = {
            "visitor": Client(),
            "stranger": signed_in(make_member()),
            "author": signed_in(self.author),
            "moderator": signed_in(make_moderator("bugs")),
            "admin": signed_in(make_member(is_superuser=True)),
        }
        self.keys: dict[tuple[str, str], object] = {}
        for slug, readers in (("chat", "everybody"), ("help", "members"), ("ideas", "staff")):
            board = Board.objects.get(slug=slug)
            Board.objects.filter(pk=board.pk).update(readers=readers)
            self.keys["board", readers] = slug
            self._keep(readers, self._topic(board))
        self._out_of_sight(Board.objects.get(slug="chat"))
        talk = talking.begin(author=self.author, others=[other], body="x", at=self.now)
        self.keys["talk", "private"] = talk.pk
        self.keys["message", "private"] = talk.messages.get().pk
        self._told_and_judged(other)

    def _told_and_judged(self, by: Member) -> None:
        """A notice, a browser and a sanction of the author's; on their board a case and an act."""
        at = self.now
        browser = PushSubscription.objects.create(
            member=self.author, endpoint="https://push.example/1", created_at=at
        )
        self.keys["browser", "another's"] = browser.pk
        given = sanctions.give(member=self.author, step="warning", reason="x", by=by, at=at)
        self.keys["sanction", "another's"] = self.keys["penalty", "of staff"] = given.pk
        self.keys["notice", "another's"] = Notice.objects.get(member=self.author).pk
        post = int(str(self.keys["post", "everybody"]))
        reported = cases.report(kind="post", subject=post, reporter=by, reason="spam", at=at)
        self.keys["case", "elsewhere"] = reported.case_id
        moderation_acts.set_locked(topic=Post.objects.get(pk=post).topic, is_locked=False, at=at)
        self.keys["entry", "elsewhere"] = LogEntry.objects.get(act="unlock_topic").pk
        word = WatchedWord(pattern="绝无此词", action="block", rule="x", added_by=by, added_at=at)
        word.save()
        self.keys["word", "of admins"] = word.pk

    def _out_of_sight(self, board: Board) -> None:
        for relation in ("hidden", "held", "withdrawn"):
            topic = self._topic(board)
            post = reply(
                topic=topic, author=self.author, body="x", submission_key=None, at=self.now
            )
            Post.objects.filter(pk=post.pk).update(**{f"{relation}_at": self.now})
            self.keys["post", relation] = post.pk
            if relation != "withdrawn":
                topic = self._topic(board)
                Topic.objects.filter(pk=topic.pk).update(**{f"{relation}_at": self.now})
                self.keys["topic", relation] = topic.pk

    def _keep(self, relation: str, topic: Topic) -> None:
        self.keys["topic", relation] = topic.pk
        self.keys["post", relation] = topic.posts.get().pk

    def _topic(self, board: Board) -> Topic:
        return open_topic(
            board=board, title="A bug", body="x", author=self.author, kind=Kind.BUG, at=self.now
        )

    @cache  # noqa: B019 - for one test
    def asked(self, role: str, url: str, methods: tuple[str, ...]) -> list[int]:
        """The status for each method; nothing that was done stays."""
        with transaction.atomic():
            told = [self._status(role, method, url) for method in methods]
            transaction.set_rollback(True)
        return told

    def _status(self, role: str, method: str, url: str) -> int:
        client, is_page = self.readers[role], not url.startswith("/api/")
        if method in {"get", "post"} and is_page:
            return int(getattr(client, method)(url, WORDS).status_code)
        sent = json.dumps(WORDS), "application/json"
        return int(client.generic(method.upper(), url, *sent).status_code)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("orangefriday.urls.handler404", not_found, raising=False)
    return World()


def methods_of(callback: Any) -> tuple[str, ...]:
    """Of the API what its view says; pages are asked and sent to."""
    view = getattr(callback, "view_class", None)
    return tuple(m for m in METHODS if hasattr(view, m)) if view else ("get", "post")


@pytest.mark.walk
def test_what_one_must_not_see_is_as_good_as_not_there(world: World) -> None:
    leaks, idle = [], []
    for one in addresses():
        there = {
            relation: one.url(key)
            for (thing, relation), key in world.keys.items()
            if thing == one.thing
        }
        absent = partial(world.asked, url=one.url(NEVER[one.thing]), methods=one.methods)
        leaks += [
            (one.name, relation, told)
            for relation, url in there.items()
            if (role := BLIND.get(relation))
            and (told := world.asked(role, url, one.methods)) != absent(role)
        ]
        # The control: who may see it is answered something else than for nothing.
        url = there.get("everybody") or next(iter(there.values()))
        if all(world.asked(role, url, one.methods) == absent(role) for role in ("author", "admin")):
            idle.append(one.name)
    assert leaks == []
    assert set(idle) == NEED_MORE
