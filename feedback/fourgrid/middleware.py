"""A short road for what everybody sends at the same hour: an ordinary member's ballot."""

import json
import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework.authentication import CSRFCheck

from community.members.domain.tokens import note_use
from community.members.models import ApiToken, Member
from community.members.prepared import Statement
from feedback.fourgrid import representation
from feedback.fourgrid.domain.answers import Answers, InvalidAnswers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.domain.refusals import BallotRefused

ADDRESS = re.compile(r"/api/v1/builds/([^/\0]+)/ballot")
ORDINARY = "m.is_active AND NOT m.is_staff AND NOT m.is_superuser"
# The session's own row holds its member only in signed form; allauth keeps who it is for beside it.
BY_SESSION = Statement(
    "fourgrid_voter_by_session",
    f"""
    SELECT s.session_data, m.id AS member_id, m.password, b.id AS build_id, b.version
      FROM django_session s
      JOIN usersessions_usersession u ON u.session_key = s.session_key
      JOIN members_member m ON m.id = u.user_id
      JOIN builds_build b ON b.slug = $1 AND b.published_at IS NOT NULL
     WHERE s.session_key = $2 AND s.expire_date > now() AND {ORDINARY}
    """,  # noqa: S608 - our own words
)
BY_TOKEN = Statement(
    "fourgrid_voter_by_token",
    f"""
    SELECT t.id AS token_id, t.last_used_on, m.id AS member_id, b.id AS build_id, b.version
      FROM members_apitoken t
      JOIN members_member m ON m.id = t.member_id
      JOIN builds_build b ON b.slug = $1 AND b.published_at IS NOT NULL
     WHERE t.digest = $2 AND t.expires_at > now() AND $3 = ANY (t.scopes) AND {ORDINARY}
    """,  # noqa: S608 - our own words
)
# What the rest of the middleware would add; an answer in JSON needs no source of anything.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class Voter(NamedTuple):
    """Who sends a ballot, and on which build."""

    member_id: int
    build_id: int
    version: str


class BallotLane:
    """Saves an ordinary member's ballot with two statements and none of the other middleware.

    Whatever is not that – staff, a session or token that is over, a refused or malformed ballot –
    goes on along the main road, to ``api.BallotAddress``, which gives the same answers and says
    what is wrong. Leaving this middleware out changes the speed and nothing else
    (docs/decisions/0004-ballot-hot-path.md).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.csrf = CSRFCheck(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "PUT" and (address := ADDRESS.fullmatch(request.path_info)):
            return self._saved(request, address[1]) or self.get_response(request)
        return self.get_response(request)

    def _saved(self, request: HttpRequest, slug: str) -> HttpResponse | None:
        """The answer to a ballot that was saved; None for everything else."""
        if request.content_type != "application/json":
            return None
        request.get_host()  # refuses a host that is not ours
        try:
            voter = self._voter(request, slug)
            if voter is None:
                return None
            answers = Answers.parse(json.loads(request.body))
            saved = save_ballot(
                member_id=voter.member_id,
                build_id=voter.build_id,
                answers=answers,
                replaces=representation.replaces(request),
            )
        except (ValueError, RecursionError, InvalidAnswers, BallotRefused):
            return None
        return _answer(representation.of_saved(voter.version, answers, saved))

    def _voter(self, request: HttpRequest, slug: str) -> Voter | None:
        """Who sends this, if it is an ordinary member, and the build at the address."""
        if authorization := request.META.get("HTTP_AUTHORIZATION"):
            return _by_token(authorization, slug)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if not key or self._is_forged(request):
            return None
        return _by_session(key, slug)

    def _is_forged(self, request: HttpRequest) -> bool:
        self.csrf.process_request(request)
        return self.csrf.process_view(request, self.get_response, (), {}) is not None


def _by_session(key: str, slug: str) -> Voter | None:
    """The signed-in member, by the rules of ``django.contrib.auth.get_user``."""
    row = BY_SESSION.row(slug, key)
    if row is None:
        return None
    session = SessionStore().decode(row["session_data"])
    member = Member.from_db(DEFAULT_DB_ALIAS, ("password",), (row["password"],))
    expected = member.get_session_auth_hash()
    if (
        session.get(SESSION_KEY) != str(row["member_id"])
        or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS
        or not constant_time_compare(session.get(HASH_SESSION_KEY, ""), expected)
    ):
        return None
    return Voter(row["member_id"], row["build_id"], row["version"])


def _by_token(authorization: str, slug: str) -> Voter | None:
    """The member of a token with the right scope, as ``TokenAuthentication`` finds them."""
    scheme, _, key = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return None
    row = BY_TOKEN.row(slug, sha256(key.strip().encode()).digest(), ApiToken.Scope.BALLOTS.value)
    if row is None:
        return None
    used_on = row["last_used_on"] and date.fromisoformat(row["last_used_on"])
    token = ApiToken(pk=row["token_id"], last_used_on=used_on)
    note_use(token=token, on=timezone.now().date())
    return Voter(row["member_id"], row["build_id"], row["version"])


def _answer(document: representation.Document) -> HttpResponse:
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    headers = HEADERS | representation.headers(document) | {"Content-Length": str(len(body))}
    return HttpResponse(body, content_type="application/json", headers=headers)
