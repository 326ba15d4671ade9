"""How the API knows a member: a bearer token with scopes, or the session."""

from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from community.members.domain.tokens import note_use
from community.members.models import ApiToken, Member

if TYPE_CHECKING:  # that module reads the setting that names this one
    from rest_framework.views import APIView


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer of_…`; request.auth is then the ApiToken, whose `scopes` limit it."""

    def authenticate(self, request: Request) -> tuple[Member, ApiToken] | None:
        scheme, _, key = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        now = timezone.now()
        token = (
            ApiToken.objects.select_related("member")
            .filter(digest=sha256(key.strip()).digest(), expires_at__gt=now)
            .filter(member__is_active=True)
            .first()
        )
        if token is None:
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        note_use(token=token, on=now.date())
        return token.member, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class HasScope(BasePermission):
    """A token must hold the scope; a session may do whatever its member may.

    `permission_classes = [IsAuthenticated, HasScope.of(ApiToken.Scope.BALLOTS)]`
    """

    scope: str = ApiToken.Scope.READ

    @classmethod
    def of(cls, scope: str) -> type["HasScope"]:
        return type(f"HasScope_{scope}", (cls,), {"scope": str(scope)})

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return not isinstance(request.auth, ApiToken) or self.scope in request.auth.scopes


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "of_…"}
