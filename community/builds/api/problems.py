"""Refusals of the domain as problems of the API."""

from collections.abc import Iterator
from contextlib import contextmanager

from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError

from community.builds.domain.importing.notes import BrokenNotes
from community.builds.domain.refusals import Invalid, Refused

STATUSES = {
    "unknown_device": status.HTTP_404_NOT_FOUND,
    "bad_signature": status.HTTP_403_FORBIDDEN,
    "idempotency_key_reused": status.HTTP_422_UNPROCESSABLE_ENTITY,
    "changed_elsewhere": status.HTTP_412_PRECONDITION_FAILED,
    "no_such_section": status.HTTP_400_BAD_REQUEST,
}


class Problem(APIException):
    """A refusal: its code and its sentence."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused), refused.code)
        self.status_code = STATUSES.get(refused.code, status.HTTP_409_CONFLICT)


@contextmanager
def told() -> Iterator[None]:
    """Answer what the domain refuses as a problem."""
    try:
        yield
    except BrokenNotes as broken:
        raise ValidationError({"changelog": [str(broken)]}) from broken
    except Invalid as refused:
        raise ValidationError({refused.field: [str(refused)]}) from refused
    except Refused as refused:
        raise Problem(refused) from refused
