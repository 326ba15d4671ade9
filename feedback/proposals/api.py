"""Proposals over the API: read-only, for everybody."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import AllowAny

from community.members.api import HasScope
from feedback.proposals import queries
from feedback.proposals.models import Proposal


class ProposalSerializer(serializers.Serializer[Proposal]):
    id = serializers.IntegerField(read_only=True)
    product = serializers.CharField(source="product.slug", read_only=True)
    title = serializers.CharField(read_only=True)
    body = serializers.CharField(read_only=True, help_text="Markdown.")
    area = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(choices=Proposal.Status.choices, read_only=True)
    status_reason = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class NewestFirst(CursorPagination):
    ordering = ("-created_at", "-id")
    page_size = 50


def _filter(name: str, says: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, description=says)


@extend_schema(
    tags=["proposals"],
    parameters=[
        _filter("product", "Slug of a product."),
        OpenApiParameter("status", str, enum=Proposal.Status.values),
        _filter("area", "An area, as it is written."),
    ],
)
class ProposalList(generics.ListAPIView[Proposal]):
    """What is wished for in coming builds, newest first."""

    permission_classes = (AllowAny, HasScope)
    serializer_class = ProposalSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Proposal]:
        chosen = self.request.query_params
        return queries.listed(
            product=chosen.get("product", ""),
            status=chosen.get("status", ""),
            area=chosen.get("area", ""),
        )
