"""/api/v1/gifts/: the gift wall."""

import re
from typing import Any, cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.builds.models import Engineer, Product
from community.gifts import permissions, queries
from community.gifts.domain import giving
from community.gifts.models import THANKS_LENGTH, WORDS_LENGTH, Gift, GiftQuerySet
from community.gifts.words import sentence
from community.media.api import PictureKept
from community.media.models import Picture
from community.members.api import HasScope
from community.members.api.sent import BySlug
from community.members.models import ApiToken, Member
from community.moderation.domain.judging import TextRefused

_KEY = re.compile(r"/pictures/([0-9a-f]{32})(?:-\d+)?\.webp")
OF_POSTS = (IsAuthenticated, HasScope.of(ApiToken.Scope.POSTS))


class GiftShape(serializers.Serializer[Gift]):
    """A gift for an engineer or for the team of a product: the other of the two is null."""

    id = serializers.IntegerField(read_only=True)
    engineer = serializers.CharField(source="engineer.slug", default=None, allow_null=True)
    team = serializers.CharField(source="product.slug", default=None, allow_null=True)
    giver = serializers.CharField(source="member.username", default=None, allow_null=True)
    picture = PictureKept()
    words = serializers.CharField()
    created_at = serializers.DateTimeField()
    is_waiting = serializers.SerializerMethodField(help_text="For a moderator's approval.")
    thanked_at = serializers.DateTimeField(allow_null=True)
    thanks = serializers.CharField()

    def get_is_waiting(self, gift: Gift) -> bool:
        return gift.held_at is not None


class GiftSent(serializers.Serializer[Any]):
    """A gift for an engineer or for a team."""

    picture = serializers.CharField(help_text="The url that POST /pictures/ answered.")
    words = serializers.CharField(max_length=WORDS_LENGTH)
    engineer = BySlug(queryset=Engineer.objects.shown(), required=False)
    team = BySlug(queryset=Product.objects.all(), required=False)
    submission_key = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("engineer" in attrs) == ("team" in attrs):
            raise ValidationError({"engineer": ["Name an engineer or a team, and not both."]})
        return attrs


class ThanksSent(serializers.Serializer[Any]):
    words = serializers.CharField(max_length=THANKS_LENGTH, allow_blank=True, default="")


class Problem(APIException):
    """The domain's refusal, as a problem."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, refused: giving.GiftRefused | TextRefused) -> None:
        code = "text_refused" if isinstance(refused, TextRefused) else refused.code
        super().__init__(sentence(refused), code)


class NewestFirst(CursorPagination):
    ordering = "-pk"
    page_size = queries.GIFTS_A_PAGE

    def paginate_queryset(self, *args: Any, **kwargs: Any) -> list[Any] | None:
        try:
            page: list[Any] | None = super().paginate_queryset(*args, **kwargs)
        except (ValueError, OverflowError) as error:  # a cursor somebody made up
            raise NotFound(self.invalid_cursor_message) from error
        return page


class GiftList(generics.ListAPIView[Gift]):
    """What is on the wall, the newest first."""

    serializer_class = GiftShape
    pagination_class = NewestFirst
    queryset = Gift.objects.none()

    def get_permissions(self) -> list[Any]:
        kinds = OF_POSTS if self.request.method == "POST" else (AllowAny, HasScope)
        return [kind() for kind in kinds]

    def get_queryset(self) -> GiftQuerySet:
        asked = self.request.query_params
        engineer, team = asked.get("engineer"), asked.get("team")
        return queries.wall(
            engineer=get_object_or_404(Engineer.objects.shown(), slug=engineer)
            if engineer
            else None,
            product=get_object_or_404(Product, slug=team) if team else None,
        )

    @extend_schema(
        operation_id="gifts_list",
        tags=["gifts"],
        summary="List gifts",
        parameters=[OpenApiParameter("engineer", str), OpenApiParameter("team", str)],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="gifts_create",
        tags=["gifts"],
        summary="Give something",
        request=GiftSent,
        responses={201: GiftShape},
    )
    def post(self, request: Request) -> Response:
        form = GiftSent(data=request.data)
        form.is_valid(raise_exception=True)
        now, member, sent = timezone.now(), cast("Member", request.user), form.validated_data
        if not permissions.may_give(member, now):
            raise PermissionDenied
        picture, team = _own_picture(member, sent.pop("picture")), sent.pop("team", None)
        try:
            gift = giving.give(member=member, picture=picture, product=team, at=now, **sent)
        except (giving.GiftRefused, TextRefused) as refused:
            raise Problem(refused) from refused
        return Response(GiftShape(gift).data, status=status.HTTP_201_CREATED)


class GiftAddress(APIView):
    """One gift."""

    def get_permissions(self) -> list[Any]:
        kinds = OF_POSTS if self.request.method == "DELETE" else (AllowAny, HasScope)
        return [kind() for kind in kinds]

    @extend_schema(
        operation_id="gifts_retrieve", tags=["gifts"], summary="See a gift", responses=GiftShape
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(GiftShape(_gift_or_404(request, pk)).data)

    @extend_schema(
        operation_id="gifts_destroy",
        tags=["gifts"],
        summary="Take your gift down",
        responses={204: None},
    )
    def delete(self, request: Request, pk: int) -> Response:
        gift = _gift_or_404(request, pk)
        if not permissions.may_withdraw(request.user, gift):
            raise Http404
        giving.withdraw(gift=gift, at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class GiftThanks(APIView):
    """Thanks by whom it was for; said once."""

    permission_classes = OF_POSTS

    @extend_schema(
        operation_id="gifts_thanks",
        tags=["gifts"],
        summary="Say thanks for a gift",
        request=ThanksSent,
        responses=GiftShape,
    )
    def put(self, request: Request, pk: int) -> Response:
        gift = _gift_or_404(request, pk)
        if not permissions.may_thank(request.user, gift):
            raise Http404
        form = ThanksSent(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            giving.thank(gift=gift, at=timezone.now(), **form.validated_data)
        except TextRefused as refused:
            raise Problem(refused) from refused
        return Response(GiftShape(gift).data)


def _own_picture(member: Member, address: str) -> Picture:
    key = _KEY.search(address)
    own = Picture.objects.kept().filter(member=member, key=key.group(1) if key else "")
    if picture := own.first():
        return picture
    raise ValidationError({"picture": ["There is no such picture of yours."]})


def _gift_or_404(request: Request, pk: int) -> Gift:
    gift = get_object_or_404(Gift.objects.with_people(), pk=pk)
    if not permissions.may_see(request.user, gift):
        raise Http404
    return gift
