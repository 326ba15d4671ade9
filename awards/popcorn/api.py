"""The award over the API: the result, the bundle to verify it with, the proof of a receipt."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from awards.popcorn import permissions, queries
from awards.popcorn.domain.receipts import proof_of
from awards.popcorn.models import Award, AwardBundle, AwardPlace
from community.builds.models import Build

HEX_32_BYTES = 64


class BucketSerializer(serializers.Serializer[Any]):
    """The project of the week."""

    feature = serializers.IntegerField()
    title = serializers.CharField()
    engineers = serializers.ListField(child=serializers.CharField())
    first_places = serializers.IntegerField()
    weighted_first_places = serializers.FloatField()


class PlaceSerializer(serializers.Serializer[Any]):
    """One row of the public table: the top only."""

    engineer = serializers.CharField()
    place = serializers.IntegerField()
    is_winner = serializers.BooleanField()
    score = serializers.FloatField(help_text="PopScore, 0 to 100")
    score_low = serializers.FloatField(help_text="lower end of the 90 % interval")
    score_high = serializers.FloatField()
    p_best = serializers.FloatField()
    place_low = serializers.IntegerField()
    place_high = serializers.IntegerField()


class AwardSerializer(serializers.Serializer[Any]):
    """The Popcorn Award of a build, its newest revision."""

    version = serializers.CharField()
    revision = serializers.IntegerField()
    reason = serializers.CharField(help_text="why it was corrected; empty for the first")
    state = serializers.ChoiceField(choices=Award.State.choices)
    computed_at = serializers.DateTimeField()
    announced_at = serializers.DateTimeField(allow_null=True)
    ballots = serializers.IntegerField()
    bucket = BucketSerializer(many=True, help_text="empty: not enough votes this week")
    winners = serializers.ListField(child=serializers.CharField())
    ranking = PlaceSerializer(many=True)
    is_same_without_discount = serializers.BooleanField()
    digest = serializers.CharField(help_text="SHA-256 of the snapshot, hexadecimal")
    ballots_root = serializers.CharField()
    receipts_root = serializers.CharField()
    signature = serializers.CharField(help_text="Ed25519, hexadecimal")
    public_key = serializers.CharField()
    bundle = serializers.CharField(help_text="address of the file that verify_award reads")


class ProofSerializer(serializers.Serializer[Any]):
    """Inclusion of a receipt in the signed root of all receipts (RFC 6962, section 2.1.1)."""

    index = serializers.IntegerField()
    count = serializers.IntegerField()
    path = serializers.ListField(child=serializers.CharField())
    root = serializers.CharField()


class _AwardView(APIView):
    """What is out is public; before, managers see it, and everybody else a 404."""

    permission_classes = [AllowAny]

    def award(self, request: Request, version: str) -> Award:
        rows = Award.objects.filter(build__slug=version).select_related("build__product")
        for row in rows.order_by("-revision"):
            if permissions.can_see_award(request.user, row):
                return row
        raise Http404


class AwardView(_AwardView):
    """The result."""

    @extend_schema(operation_id="award_retrieve", responses=AwardSerializer)
    def get(self, request: Request, version: str) -> Response:
        row = self.award(request, version)
        return Response(AwardSerializer(_as_told(row)).data)


class BundleView(_AwardView):
    """The bundle: every counted ballot under a pseudonym, the parameters, the result, signed."""

    @extend_schema(
        operation_id="award_bundle",
        responses={(200, "application/jsonl"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    def get(self, request: Request, version: str) -> HttpResponse:
        row = self.award(request, version)
        content = AwardBundle.objects.values_list("content", flat=True).get(award=row)
        return HttpResponse(
            bytes(content),
            content_type="application/jsonl",
            headers={
                "Content-Disposition": f'attachment; filename="popcorn-{version}.jsonl"',
                "ETag": f'"{bytes(row.digest).hex()}"',
            },
        )


class ReceiptView(_AwardView):
    """The proof that a receipt is among the counted ballots; 404 when it is not."""

    @extend_schema(operation_id="award_receipt", responses=ProofSerializer)
    def get(self, request: Request, version: str, receipt: str) -> Response:
        row = self.award(request, version)
        try:
            digest = bytes.fromhex(receipt)
        except ValueError:
            raise Http404 from None
        proof = proof_of(row, digest) if len(receipt) == HEX_32_BYTES else None
        if proof is None:
            raise Http404
        return Response(ProofSerializer(proof).data)


def _as_told(row: Award) -> dict[str, Any]:
    places = queries.places(row)
    build: Build = row.build
    return {
        "version": build.slug,
        "revision": row.revision,
        "reason": row.reason,
        "state": row.state,
        "computed_at": row.computed_at,
        "announced_at": row.announced_at,
        "ballots": row.ballot_count,
        "bucket": [
            {
                "feature": bucket.feature_id,
                "title": bucket.feature.title,
                "engineers": [engineer.name for engineer in bucket.feature.builders],
                "first_places": bucket.first_places,
                "weighted_first_places": bucket.weighted_first_places,
            }
            for bucket in queries.buckets(row)
        ],
        "winners": [place.engineer.name for place in places if place.is_winner],
        "ranking": [_row(place) for place in queries.public_table(places)],
        "is_same_without_discount": row.result["outcome"] == row.result["without_discount"],
        "digest": bytes(row.digest).hex(),
        "ballots_root": bytes(row.ballots_root).hex(),
        "receipts_root": bytes(row.receipts_root).hex(),
        "signature": bytes(row.signature).hex(),
        "public_key": bytes(row.public_key).hex(),
        "bundle": reverse("api_award_bundle", args=[build.slug]),
    }


def _row(place: AwardPlace) -> dict[str, Any]:
    shown = PlaceSerializer().fields.keys() - {"engineer"}
    return {"engineer": place.engineer.name, **{name: getattr(place, name) for name in shown}}
