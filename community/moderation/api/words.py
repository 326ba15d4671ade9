"""/api/v1/moderation/words/: the watched words, for admins."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.scoped import DONE, Conflict, done
from community.members.api.sent import Sent, sent
from community.moderation import permissions, queries
from community.moderation.api.desk import AtTheDesk
from community.moderation.api.shapes import JudgementShape, WordShape
from community.moderation.domain import words
from community.moderation.domain.judging import judge
from community.moderation.models import WatchedWord


class TrialSent(Sent):
    """A text to try, on a board or on none."""

    text = serializers.CharField(max_length=5000)
    board = serializers.SlugField(default="", allow_blank=True)


class Words(AtTheDesk):
    """Only admins know the words."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not permissions.may_edit_words(request.user):
            raise Http404

    def saved(self, word: WatchedWord, code: int = status.HTTP_200_OK) -> Response:
        """The word, with what was sent."""
        said = sent(WordShape(data=self.request.data))
        if said["action"] == WatchedWord.Action.ANSWER and not said["text"]:
            raise ValidationError({"text": [_("An answer needs words.")]})
        for name, value in said.items():
            setattr(word, name, value)
        try:
            words.save_word(word=word, by=self.member, at=timezone.now())
        except words.WatchedAlready as error:
            text = _("This word is on the list already.")
            raise Conflict(text, "watched_already") from error
        return Response(WordShape(word).data, status=code)


class WordList(Words):
    @extend_schema(
        operation_id="words_list",
        summary="List the watched words",
        tags=["moderation"],
        responses=WordShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(WordShape(queries.watched_words(), many=True).data)

    @extend_schema(
        operation_id="words_create",
        summary="Watch a word",
        tags=["moderation"],
        request=WordShape,
        responses={201: WordShape},
    )
    def post(self, request: Request) -> Response:
        return self.saved(WatchedWord(), status.HTTP_201_CREATED)


class OneWord(Words):
    @extend_schema(
        operation_id="words_update",
        summary="Change a watched word",
        tags=["moderation"],
        request=WordShape,
        responses=WordShape,
    )
    def put(self, request: Request, pk: int) -> Response:
        return self.saved(get_object_or_404(WatchedWord, pk=pk))

    @extend_schema(
        operation_id="words_destroy",
        summary="Watch a word no more",
        tags=["moderation"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        word = WatchedWord.objects.filter(pk=pk).first()
        if word:
            words.remove_word(word=word, by=self.member, at=timezone.now())
        return done()


class Trial(Words):
    @extend_schema(
        operation_id="words_try",
        summary="Try what would become of a text",
        tags=["moderation"],
        request=TrialSent,
        responses=JudgementShape,
    )
    def post(self, request: Request) -> Response:
        said = sent(TrialSent(data=request.data))
        judgement = judge(texts=[said["text"]], board=said["board"])
        return Response(JudgementShape(judgement).data)
