"""Who is signed in: asked by every hit, so with statements of our own in place of the ORM's.

The rules are Django's and allauth's; only the two look-ups are shorter, half a millisecond each
(docs/decisions/0005-pages-members-share.md).
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.db import DEFAULT_DB_ALIAS

from community.members.models import Member
from community.members.prepared import Listing, Statement, readable

SESSION = Statement(
    "members_session",
    "SELECT session_data FROM django_session"
    " WHERE session_key = $1 AND expire_date > clock_timestamp()",
)
FIELDS, COLUMNS = zip(
    *((field.attname, readable(field, "member")) for field in Member._meta.concrete_fields),
    strict=True,
)
MEMBER = Listing(
    "members_member",
    f"SELECT {', '.join(COLUMNS)} FROM members_member AS member WHERE id = $1",  # noqa: S608 - our own words
)


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in as allauth does, and finds again who is signed in."""

    def get_user(self, user_id: Any) -> Member | None:
        """The member, if their account may be used."""
        rows = MEMBER.rows(user_id)
        member = Member.from_db(DEFAULT_DB_ALIAS, FIELDS, rows[0]) if rows else None
        return member if member and self.user_can_authenticate(member) else None


class SessionStore(db.SessionStore):
    """Sessions in the database, loaded by a prepared statement."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing when it is over or never was."""
        try:
            row = SESSION.row(self.session_key)
        except ValueError:  # a key with a NUL
            row = None
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row["session_data"])
