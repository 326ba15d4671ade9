"""Joining in without writing: reactions, "me too", the best answer, "fixed in"."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.forum import permissions
from community.forum.api import shapes
from community.forum.api.sent import FixedSent, OfBug
from community.forum.domain import joining, solving
from community.forum.finding import post_or_404, topic_or_404
from community.forum.models import Kind, Reaction, Topic
from community.forum.queries import joining as queries
from community.members.api.scoped import DONE, Scoped, done
from community.members.api.sent import Sent, sent

KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=Reaction.Kind.values)


class AnswerSent(Sent):
    """The id of the reply that answers best."""

    post = serializers.IntegerField(min_value=1, max_value=2**62)


class Reactions(Scoped):
    @extend_schema(
        operation_id="reactions_list",
        summary="Read who feels how about a post",
        tags=["forum"],
        responses=shapes.PeopleShape(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        felt = queries.reactions_of(post_or_404(request, pk))
        shown = [
            {"kind": kind, "members": [member.username for member in people]}
            for kind, people in felt.items()
        ]
        return Response(shapes.PeopleShape(shown, many=True).data)


class OneReaction(Scoped):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if kwargs["kind"] not in Reaction.Kind:
            raise Http404

    @extend_schema(
        operation_id="reactions_update",
        summary="React to a post",
        tags=["forum"],
        parameters=[KIND],
        request=None,
        responses=DONE,
    )
    def put(self, request: Request, pk: int, kind: str) -> Response:
        now, post = timezone.now(), post_or_404(request, pk)
        if not permissions.may_react(request.user, post, now):
            raise PermissionDenied
        joining.react(post=post, member=self.member, kind=kind, at=now)
        return done()

    @extend_schema(
        operation_id="reactions_destroy",
        summary="Take a reaction back",
        tags=["forum"],
        parameters=[KIND],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int, kind: str) -> Response:
        post = post_or_404(request, pk)
        if not permissions.may_react(request.user, post, timezone.now()):
            raise PermissionDenied
        joining.take_reaction_back(post=post, member=self.member, kind=kind)
        return done()


class MeToo(Scoped):
    """Who else has met a bug."""

    @extend_schema(
        operation_id="me_too_retrieve",
        summary="Read with what a bug was met",
        tags=["forum"],
        responses=shapes.MeTooShape,
    )
    def get(self, request: Request, pk: int) -> Response:
        bug = _bug_or_404(request, pk)
        mine = bug.me_toos.filter(member=self.member).first()
        shown = {"count": bug.me_too_count, "met": queries.met_in(bug), "mine": mine}
        return Response(shapes.MeTooShape(shown).data)

    @extend_schema(
        operation_id="me_too_update",
        summary="Say me too",
        tags=["forum"],
        description="Said again, it is what was said last.",
        request=OfBug,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        bug = self._to_say(request, pk)
        met = sent(OfBug(data=request.data))
        joining.say_me_too(topic=bug, member=self.member, at=timezone.now(), **met)
        return done()

    @extend_schema(
        operation_id="me_too_destroy",
        summary="Take me too back",
        tags=["forum"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        joining.take_me_too_back(topic=self._to_say(request, pk), member=self.member)
        return done()

    def _to_say(self, request: Request, pk: int) -> Topic:
        bug = _bug_or_404(request, pk)
        if not permissions.may_say_me_too(request.user, bug, timezone.now()):
            raise PermissionDenied
        return bug


class BestAnswer(Scoped):
    """The best answer to a question."""

    @extend_schema(
        operation_id="best_answer_update",
        summary="Choose the best answer",
        tags=["forum"],
        request=AnswerSent,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        question = self._question(request, pk)
        answer = sent(AnswerSent(data=request.data))
        chosen = question.posts.filter(pk=answer["post"]).first()
        no_answer = ValidationError({"post": [_("It is no reply to this question.")]})
        if chosen is None:
            raise no_answer
        try:
            solving.choose_answer(topic=question, post=chosen)
        except solving.NotAnAnswer as error:
            raise no_answer from error
        return done()

    @extend_schema(
        operation_id="best_answer_destroy",
        summary="Choose no best answer",
        tags=["forum"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        solving.choose_answer(topic=self._question(request, pk), post=None)
        return done()

    def _question(self, request: Request, pk: int) -> Topic:
        question = topic_or_404(request, pk)
        if question.kind != Kind.QUESTION:
            raise Http404
        if not permissions.may_choose_answer(request.user, question, timezone.now()):
            raise PermissionDenied
        return question


class FixedIn(Scoped):
    """The build that mends a bug, as those say who speak for the product."""

    @extend_schema(
        operation_id="fixed_in_update",
        summary="Say which build mends a bug",
        tags=["forum"],
        description="Who reported it and who met it are told, once for each build.",
        request=FixedSent,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        bug = self._mine(request, pk)
        return self._say(bug, sent(FixedSent(data=request.data))["build"])

    @extend_schema(
        operation_id="fixed_in_destroy",
        summary="Open a bug again",
        tags=["forum"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        return self._say(self._mine(request, pk), "")

    def _mine(self, request: Request, pk: int) -> Topic:
        bug = _bug_or_404(request, pk)
        if not permissions.may_say_fixed(request.user, bug):
            raise PermissionDenied
        return bug

    def _say(self, bug: Topic, build: str) -> Response:
        solving.say_fixed(topic=bug, build=build, at=timezone.now(), by=self.member)
        return done()


def _bug_or_404(request: Request, pk: int) -> Topic:
    topic = topic_or_404(request, pk)
    if topic.kind != Kind.BUG:
        raise Http404
    return topic
