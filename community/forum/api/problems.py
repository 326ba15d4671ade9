"""Refusals of the forum as problems of the API."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException

from community.forum.api.shapes import OnePost
from community.forum.domain import posting
from community.forum.domain.editing import ChangedElsewhere
from community.forum.queries.writing import version_of
from community.forum.refusals import REFUSALS, said

CODES = {
    posting.PostingTooFast: ("too_fast", status.HTTP_429_TOO_MANY_REQUESTS),
    posting.TooSoon: ("slow_mode", status.HTTP_429_TOO_MANY_REQUESTS),
    posting.TopicLocked: ("locked", status.HTTP_409_CONFLICT),
    posting.TextRefused: ("text_refused", status.HTTP_422_UNPROCESSABLE_ENTITY),
}
TOO_FAST_S = int(posting.MOST_POSTS_WITHIN.total_seconds())


class Refused(APIException):
    """The domain's refusal; `wait` is after how many seconds it may be sent again."""

    def __init__(self, refused: Exception) -> None:
        code, self.status_code = CODES[type(refused)]
        super().__init__(said(refused), code)
        if isinstance(refused, posting.TooSoon):
            self.wait = max((refused.until - timezone.now()).total_seconds(), 1)
        elif isinstance(refused, posting.PostingTooFast):
            self.wait = TOO_FAST_S


class Edited(APIException):
    """The post was edited since; the answer holds what it says now."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "changed_elsewhere"
    default_detail = _("This post was changed elsewhere. Read it, and send yours upon it.")

    def __init__(self, changed: ChangedElsewhere) -> None:
        super().__init__()
        context = {"version": version_of(changed.post)}
        self.extra = {"post": OnePost(changed.post, context=context).data}


@contextmanager
def told() -> Iterator[None]:
    """Answer what the domain refuses as a problem."""
    try:
        yield
    except REFUSALS as refused:
        raise Refused(refused) from refused
    except ChangedElsewhere as changed:
        raise Edited(changed) from changed
