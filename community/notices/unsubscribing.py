"""Links that switch mail off without signing in: signed, of one member, for one kind or all."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from community.members.models import Member

_signer = Signer(salt="community.notices.unsubscribing")
EVERYTHING = ""


def link(member: Member, kind: str = EVERYTHING) -> str:
    """The whole address; it never expires, as mails are kept for years (RFC 8058)."""
    token = _signer.sign_object([member.pk, kind])
    return str(settings.SITE_URL) + reverse("notices:unsubscribe", args=[token])


def read(token: str) -> tuple[Member, str] | None:
    """Whose token it is and for which kind; None for what was not signed here."""
    try:
        member_id, kind = _signer.unsign_object(token)
    except BadSignature:
        return None
    member = Member.objects.filter(pk=member_id).first()
    return (member, kind) if member else None
