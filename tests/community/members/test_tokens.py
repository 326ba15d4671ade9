"""Tokens: shown once, limited, and the way a program shows itself to the API."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from community.members.api import HasScope, TokenAuthentication
from community.members.domain import tokens
from community.members.domain.tokens import create_token, revoke_token
from community.members.models import ApiToken, Member
from tests.community.members.making import AT, make_member

pytestmark = pytest.mark.django_db
Scope = ApiToken.Scope
WEEK = timedelta(days=7)


class Answer(APIView):
    authentication_classes = (TokenAuthentication,)
    permission_classes = (IsAuthenticated, HasScope.of(Scope.BALLOTS))

    def get(self, request: Request) -> Response:
        return Response({"member": request.user.username, "scopes": request.auth.scopes})


def new_token(member: Member, *scopes: str) -> tuple[ApiToken, str]:
    return create_token(
        member=member,
        name="script",
        scopes=scopes or [Scope.BALLOTS],
        expires_at=AT + WEEK,
        at=AT,
    )


def ask(header: str, at: datetime = AT) -> Response:
    request = APIRequestFactory().get("/", headers={"authorization": header})
    with time_machine.travel(at, tick=False):
        return Answer.as_view()(request)


def test_a_token_speaks_for_its_member_within_its_scopes() -> None:
    _token, key = new_token(make_member("ada"), Scope.READ, Scope.BALLOTS)
    assert key.startswith("of_")
    assert ask(f"Bearer {key}").data == {"member": "ada", "scopes": ["read", "ballots"]}


def test_the_key_is_kept_nowhere() -> None:
    token, key = new_token(make_member())
    assert key.encode() not in bytes(token.digest)
    assert key not in str(vars(token))


def test_a_form_sent_twice_gives_one_token_and_its_own_key() -> None:
    member, other = make_member("ada"), make_member("bea")
    form = {"name": "script", "scopes": [Scope.READ], "expires_at": AT + WEEK, "at": AT}
    key = uuid4()
    once, again = (create_token(member=member, submission_key=key, **form) for _ in range(2))
    assert once == again
    assert create_token(member=member, submission_key=uuid4(), **form)[1] != once[1]
    assert create_token(member=other, submission_key=key, **form)[1] != once[1]


def test_without_the_scope_it_is_refused() -> None:
    _token, key = new_token(make_member(), Scope.READ)
    assert ask(f"Bearer {key}").status_code == 403


@pytest.mark.parametrize("header", ["", "Basic x", "Bearer", "Bearer of_nonsense", "bearer \xff"])
def test_who_shows_no_known_token_is_asked_for_one(header: str) -> None:
    answer = ask(header)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_it_works_until_it_expires() -> None:
    _token, key = new_token(make_member())
    assert ask(f"Bearer {key}", AT + WEEK - timedelta(seconds=1)).status_code == 200
    assert ask(f"Bearer {key}", AT + WEEK).status_code == 401


def test_revoked_is_revoked() -> None:
    token, key = new_token(make_member())
    revoke_token(token=token)
    assert ask(f"Bearer {key}").status_code == 401


def test_a_closed_account_has_no_tokens() -> None:
    member = make_member()
    _token, key = new_token(member)
    Member.objects.update(is_active=False)
    assert ask(f"Bearer {key}").status_code == 401


def test_the_day_of_its_last_use_is_written_once_a_day(
    django_assert_num_queries: object,
) -> None:
    token, key = new_token(make_member())
    for at in (AT, AT + timedelta(hours=1), AT + timedelta(days=1)):
        ask(f"Bearer {key}", at)
    token.refresh_from_db()
    assert token.last_used_on == (AT + timedelta(days=1)).date()
    with django_assert_num_queries(1):
        ask(f"Bearer {key}", AT + timedelta(days=1, hours=2))


def test_there_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 1)
    member = make_member()
    new_token(member)
    with pytest.raises(tokens.TooManyTokens):
        new_token(member)
