"""What the addresses of polls name, and refusals of the domain as problems."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request

from community.forum.models import Topic
from community.forum.permissions import may_read
from community.members.api import HasScope
from community.members.models import ApiToken, Member
from feedback.polls import permissions
from feedback.polls.domain.refusals import BadQuestion, NotEligible, Refused, WrongChoices
from feedback.polls.models import Poll

Permissions = list[type[BasePermission]]
TAGS = ["polls"]
READ: Permissions = [AllowAny, HasScope]
VOTES: Permissions = [IsAuthenticated, HasScope.of(ApiToken.Scope.BALLOTS)]
WRITES: Permissions = [IsAuthenticated, HasScope.of(ApiToken.Scope.POSTS)]


class Problem(APIException):
    """A refusal: its code and its sentence."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused), refused.code)
        self.status_code = (
            status.HTTP_403_FORBIDDEN
            if isinstance(refused, NotEligible)
            else status.HTTP_409_CONFLICT
        )


@contextmanager
def told() -> Iterator[None]:
    """Answer what the domain refuses as a problem."""
    try:
        yield
    except BadQuestion as bad:
        raise ValidationError({bad.field: [str(bad)]}) from bad
    except WrongChoices as wrong:
        raise ValidationError({"options": [str(wrong)]}) from wrong
    except Refused as refused:
        raise Problem(refused) from refused
    except Poll.DoesNotExist as gone:
        raise Http404 from gone


def topic_or_404(request: Request, pk: int) -> Topic:
    topic = get_object_or_404(Topic.objects.select_related("board"), pk=pk)
    if not may_read(request.user, topic):
        raise Http404
    return topic


def poll_or_404(request: Request, pk: int) -> Poll:
    poll = Poll.objects.to_show().filter(pk=pk).first()
    if poll is None or not permissions.may_read_poll(request.user, poll):
        raise Http404
    return poll


def managed_or_404(request: Request, pk: int) -> Poll:
    poll = poll_or_404(request, pk)
    if not permissions.may_manage(request.user, poll):
        raise Http404
    return poll


def member_of(request: Request) -> Member:
    """Who asks; behind IsAuthenticated."""
    return cast("Member", request.user)
