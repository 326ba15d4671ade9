"""The award over the API: the result, the bundle to verify it with, the proof of a receipt."""

import hashlib
import json
from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from awards.popcorn import queries
from awards.popcorn.domain.bundle import CONTENT_TYPE
from awards.popcorn.domain.receipts import DIGEST, proof_of
from awards.popcorn.download import send_bundle
from awards.popcorn.models import Award
from awards.popcorn.representation import AwardSerializer, ProofSerializer, told
from community.text.whole import number

NOT_FOUND = {
    404: OpenApiResponse(description="No such build, no award yet, or the award is withheld.")
}
UNCHANGED = {304: OpenApiResponse(description="What the ETag of If-None-Match names still holds.")}
VERSION = OpenApiParameter(
    "version", str, OpenApiParameter.PATH, description="The build's address."
)
REVISION = OpenApiParameter(
    "revision", int, description="An earlier revision; else the newest.", required=False
)
RANGE = OpenApiParameter(
    "Range",
    str,
    OpenApiParameter.HEADER,
    description="One range of bytes, to go on with a download.",
)


class _OfOneBuild(APIView):
    """What is out is public; before, managers see it, and everybody else a 404."""

    permission_classes = [AllowAny]

    def award(self, request: Request, version: str) -> Award:
        awards = queries.awards_for(request.user, version)
        revision = request.query_params.get("revision", "")
        if revision:
            awards = awards.filter(revision=number(revision) or 0)
        award = awards.first()
        if award is None:
            raise NotFound(_why_not(version))
        return award


def _why_not(version: str) -> str:
    withheld = queries.withheld(version)
    if withheld is None:
        return _("There is no award at this address, or not yet.")
    return _("This award is withheld: %(reason)s") % {"reason": withheld.state_reason}


class AwardAddress(_OfOneBuild):
    """The Popcorn Award of one build."""

    @extend_schema(
        operation_id="award_read",
        parameters=[VERSION, REVISION],
        responses={200: AwardSerializer} | UNCHANGED | NOT_FOUND,
        tags=["awards"],
    )
    def get(self, request: Request, version: str) -> HttpResponseBase:
        """Read the result: the bucket, the winners, the top of the ranking."""
        document = told(self.award(request, version))
        etag = f'"{hashlib.sha256(json.dumps(document).encode()).hexdigest()}"'
        response = Response(document, headers={"ETag": etag})
        return get_conditional_response(_plain(request), etag=etag, response=response) or response


class _BundleRenderer(JSONRenderer):
    """Lets a client ask for the file's own type; errors are JSON all the same."""

    media_type = CONTENT_TYPE


class BundleAddress(_OfOneBuild):
    """The file that proves an award."""

    renderer_classes = [JSONRenderer, _BundleRenderer]

    @extend_schema(
        operation_id="award_bundle",
        parameters=[VERSION, REVISION, RANGE],
        responses={
            (200, CONTENT_TYPE): OpenApiResponse(OpenApiTypes.BINARY, "One row a line, sealed."),
            (206, CONTENT_TYPE): OpenApiResponse(OpenApiTypes.BINARY, "The part asked for."),
            416: OpenApiResponse(description="The file holds none of the bytes asked for."),
        }
        | UNCHANGED
        | NOT_FOUND,
        tags=["awards"],
    )
    def get(self, request: Request, version: str) -> HttpResponseBase:
        """Download every counted ballot under a pseudonym, with settings and result, signed."""
        award = self.award(request, version)
        is_lasting = "revision" in request.query_params
        return send_bundle(_plain(request), award, is_lasting=is_lasting)


class ReceiptAddress(_OfOneBuild):
    """One receipt among those of an award."""

    @extend_schema(
        operation_id="award_receipt",
        parameters=[
            VERSION,
            OpenApiParameter("receipt", str, OpenApiParameter.PATH, pattern="^[0-9a-f]{64}$"),
            REVISION,
        ],
        responses={200: ProofSerializer} | NOT_FOUND,
        tags=["awards"],
    )
    def get(self, request: Request, version: str, receipt: str) -> Response:
        """Prove that a receipt is among the counted ballots; 404 when it is not."""
        award = self.award(request, version)
        try:
            digest = bytes.fromhex(receipt)
        except ValueError:
            digest = b""
        proof = proof_of(award, digest) if len(digest) == DIGEST else None
        if proof is None:
            raise NotFound(_("This receipt is not among the counted ballots."))
        return Response(ProofSerializer(proof).data)


def _plain(request: Request) -> HttpRequest:
    """DRF's request answers like the one it wraps."""
    return cast("HttpRequest", request)
