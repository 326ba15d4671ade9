"""The Idempotency-Key: what is sent again after a lost answer is done once."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

KEY = OpenApiParameter(
    "Idempotency-Key",
    UUID,
    OpenApiParameter.HEADER,
    required=False,
    description="Sent again with the same key it is written once.",
)


def key_of(request: Request) -> UUID | None:
    """The Idempotency-Key; raises ValidationError when it is no UUID."""
    key = request.headers.get("Idempotency-Key", "")
    try:
        return UUID(key) if key else None
    except ValueError as error:
        raise ValidationError({"Idempotency-Key": [_("Send a UUID.")]}) from error
