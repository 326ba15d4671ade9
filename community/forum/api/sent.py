"""What programs send to be written, by the rules of the pages' forms."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from community.forum import known
from community.forum.domain.tagging import MOST_TAGS
from community.forum.forms.posts import MOST_COLUMNS, clean_words
from community.forum.forms.topics import WITH_BUILD, checked_tags, clean_title
from community.forum.models import TITLE_LENGTH, Board, Kind
from community.members.api.sent import Sent


class PostSent(Sent):
    """A post's Markdown; a link to this site is kept without its address."""

    body = serializers.CharField(max_length=MOST_COLUMNS)

    def validate_body(self, body: str) -> str:
        request = self.context["request"]
        return clean_words(body, f"{request.scheme}://{request.get_host()}")


class ReplySent(PostSent):
    """A reply; `answers` is the id of the post of this topic it answers."""

    answers = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    is_official = serializers.BooleanField(
        required=False, help_text="In the name of the product, by those who speak for it."
    )


class OfBug(Sent):
    """With what, and in which build; `build` is the address of one that went out."""

    device = serializers.CharField(max_length=40, required=False, allow_blank=True)
    build = serializers.CharField(max_length=40, required=False, allow_blank=True)

    def validate_build(self, build: str) -> str:
        return known_build(build)


class TopicSent(PostSent, OfBug):
    """A topic of a board: `kind` is one of the board's, its first when left out."""

    title = serializers.CharField(max_length=TITLE_LENGTH)
    kind = serializers.ChoiceField(Kind.choices, required=False)
    tags = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=MOST_TAGS
    )

    def validate_title(self, title: str) -> str:
        return clean_title(title)

    def validate_tags(self, names: list[str]) -> list[str]:
        return checked_tags(names)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        board: Board = self.context["board"]
        sent.setdefault("kind", board.kinds[0])
        if sent["kind"] not in board.kinds:
            raise ValidationError({"kind": [_("This board has no topics of this kind.")]})
        if sent["kind"] not in WITH_BUILD and (sent.get("device") or sent.get("build")):
            raise ValidationError({"kind": [_("Topics of this kind name no device and build.")]})
        return sent


class FixedSent(Sent):
    """The address of the build that mends a bug."""

    build = serializers.CharField(max_length=40)

    def validate_build(self, build: str) -> str:
        return known_build(build)


class ReadSent(Sent):
    """Numbers of posts: the furthest one read, and the one to come back to (the same if left
    out). What was read stays read."""

    last_read = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    place = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


def known_build(build: str) -> str:
    """The address of a build one may name, or ""; raises ValidationError."""
    if build and build not in {one.key for one in known.builds()}:
        raise ValidationError(_("There is no such build."))
    return build
