"""Boards, topics and posts as programs see them."""

from typing import Any

from rest_framework import serializers

from community.forum.domain.history import Revision
from community.forum.models import Board, Kind, Post, Reaction, Topic
from community.members.api.scoped import Page


class TagShape(serializers.Serializer[Any]):
    """A tag; `sort` says what its word is: device, build, area, or free."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    sort = serializers.CharField()
    topic_count = serializers.IntegerField()


class LastTopic(serializers.Serializer[Topic]):
    """The topic somebody wrote in last."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    last_post_at = serializers.DateTimeField()


class BoardShape(serializers.Serializer[Any]):
    """A board: who may read it, and from which level on one opens topics and replies there."""

    id = serializers.IntegerField()
    slug = serializers.CharField()
    stage = serializers.ChoiceField(Board.Stage.choices)
    name = serializers.CharField()
    name_zh = serializers.CharField()
    description = serializers.CharField()
    description_zh = serializers.CharField()
    readers = serializers.ChoiceField(Board.Readers.choices)
    level_to_open = serializers.IntegerField()
    level_to_reply = serializers.IntegerField()
    kinds = serializers.ListField(child=serializers.ChoiceField(Kind.choices))
    url = serializers.CharField(source="get_absolute_url")


class ListedBoard(BoardShape):
    last_topic = LastTopic(allow_null=True)


class TemplateShape(serializers.Serializer[Any]):
    """What a topic of a kind begins with; {device} and {build} are to be filled in."""

    kind = serializers.ChoiceField(Kind.choices)
    text = serializers.CharField()
    text_zh = serializers.CharField()


class OneBoard(BoardShape):
    """A board, and what whoever asks may do there."""

    templates = TemplateShape(many=True)
    may_open_topic = serializers.BooleanField()
    is_moderated_by_me = serializers.BooleanField()


class TopicShape(serializers.Serializer[Any]):
    """A topic. `author` is null when the site speaks, or somebody who has left.

    `last_read` is the number of the furthest post I have read, 0 when I never opened it.
    """

    id = serializers.IntegerField(source="topic.pk")
    board = serializers.CharField(source="topic.board.slug")
    kind = serializers.ChoiceField(Kind.choices, source="topic.kind")
    title = serializers.CharField(source="topic.title")
    author = serializers.CharField(source="topic.author.username", default=None, allow_null=True)
    tags = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(source="topic.created_at")
    last_post_at = serializers.DateTimeField(source="topic.last_post_at")
    post_count = serializers.IntegerField(source="topic.post_count")
    is_pinned = serializers.BooleanField(source="topic.is_pinned")
    is_locked = serializers.SerializerMethodField()
    best_answer = serializers.IntegerField(source="topic.best_answer_id", allow_null=True)
    device = serializers.CharField(source="topic.device")
    build = serializers.CharField(source="topic.build")
    fixed_in = serializers.CharField(source="topic.fixed_in")
    me_too_count = serializers.IntegerField(source="topic.me_too_count")
    last_read = serializers.IntegerField()
    url = serializers.CharField(source="topic.get_absolute_url")

    def get_tags(self, row: Any) -> list[str]:
        return [tag.name for tag in row.topic.tag_list]

    def get_is_locked(self, row: Any) -> bool:
        """By hand, or by its timer."""
        closed: bool = row.topic.is_closed(self.context["at"])
        return closed


class OneTopic(TopicShape):
    """A topic with its timers, and what whoever asks may do with it.

    `place` is the number of the post I left it at.
    """

    place = serializers.IntegerField()
    slow_mode_s = serializers.IntegerField(source="topic.slow_mode_s")
    locks_at = serializers.DateTimeField(source="topic.locks_at", allow_null=True)
    pinned_until = serializers.DateTimeField(source="topic.pinned_until", allow_null=True)
    # Waits for approval; is out of everybody's sight but moderators'.
    is_held = serializers.SerializerMethodField()
    is_hidden = serializers.SerializerMethodField()
    may_reply = serializers.SerializerMethodField()

    def get_is_held(self, row: Any) -> bool:
        return row.topic.held_at is not None

    def get_is_hidden(self, row: Any) -> bool:
        return row.topic.hidden_at is not None

    def get_may_reply(self, _row: Any) -> bool:
        may_reply: bool = self.context["may_reply"]
        return may_reply


class TopicPage(Page):
    """Topics in order."""

    results = TopicShape(many=True)


class PostShape(serializers.Serializer[Post]):
    """A post. `author` is null when the site speaks, or somebody who has left.

    `body` is Markdown, `html` what became of it. `answers` is the id of the post it answers.
    """

    id = serializers.IntegerField()
    topic = serializers.IntegerField(source="topic_id")
    number = serializers.IntegerField()
    author = serializers.CharField(source="author.username", default=None, allow_null=True)
    is_by_site = serializers.BooleanField()
    is_official = serializers.BooleanField()
    is_best_answer = serializers.SerializerMethodField()
    # By somebody I ignore or block.
    is_ignored = serializers.SerializerMethodField()
    answers = serializers.IntegerField(source="answers_id", allow_null=True)
    body = serializers.CharField()
    html = serializers.CharField(source="rendered")
    reactions = serializers.DictField(
        child=serializers.IntegerField(), source="reaction_counts", help_text="How many of a kind."
    )
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    # Three ways to be out of sight: until it is approved, by a moderator, by its author.
    is_held = serializers.SerializerMethodField()
    is_hidden = serializers.SerializerMethodField()
    is_withdrawn = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url")

    def get_is_best_answer(self, post: Post) -> bool:
        return post.topic.best_answer_id == post.pk

    def get_is_ignored(self, post: Post) -> bool:
        return post.author_id in self.context.get("unheard", ())

    def get_is_held(self, post: Post) -> bool:
        return post.held_at is not None

    def get_is_hidden(self, post: Post) -> bool:
        return post.hidden_at is not None

    def get_is_withdrawn(self, post: Post) -> bool:
        return post.withdrawn_at is not None


class OnePost(PostShape):
    """A post; `version` counts what it said: 1 when it was never edited."""

    version = serializers.SerializerMethodField()

    def get_version(self, _post: Post) -> int:
        version: int = self.context["version"]
        return version


class ListedPost(PostShape):
    """A post in a list, with what I feel about it."""

    my_reactions = serializers.SerializerMethodField()

    def get_my_reactions(self, post: Post) -> list[Reaction.Kind]:
        mine: list[Reaction.Kind] = self.context["mine"].get(post.pk, [])
        return mine


class PostPage(Page):
    """Posts in order; `previous` is the address of those before them, null at the beginning."""

    previous = serializers.CharField(allow_null=True)
    results = ListedPost(many=True)


class PieceShape(serializers.Serializer[Any]):
    """Words that stayed (""), went (del) or came (ins)."""

    kind = serializers.CharField()
    text = serializers.CharField()


class VersionShape(serializers.Serializer[Any]):
    """What a post said, and how it differs from the version before; both empty where a moderator
    has hidden it. `by` is null for somebody who has left."""

    number = serializers.IntegerField(source="version.number")
    by = serializers.CharField(source="version.by.username", default=None, allow_null=True)
    written_at = serializers.DateTimeField(source="version.written_at")
    is_hidden = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()
    pieces = PieceShape(many=True)

    def get_is_hidden(self, revision: Revision) -> bool:
        return revision.version.hidden_at is not None

    def get_body(self, revision: Revision) -> str:
        return "".join(piece.text for piece in revision.pieces if piece.kind != "del")


class PeopleShape(serializers.Serializer[Any]):
    """Login names of those who feel so about a post, the first hundred of all."""

    kind = serializers.ChoiceField(Reaction.Kind.choices)
    members = serializers.ListField(child=serializers.CharField())


class MetShape(serializers.Serializer[Any]):
    """How many met a bug with this device in this build."""

    device = serializers.CharField()
    build = serializers.CharField()
    count = serializers.IntegerField(source="n")


class MineShape(serializers.Serializer[Any]):
    """With what I met it."""

    device = serializers.CharField()
    build = serializers.CharField()


class MeTooShape(serializers.Serializer[Any]):
    """Who met a bug too; `mine` is null when I did not."""

    count = serializers.IntegerField()
    met = MetShape(many=True)
    mine = MineShape(allow_null=True)
