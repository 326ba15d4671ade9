"""Mails: a notice, or a digest of many; as text and as simple HTML, in the member's language."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.mime.image import MIMEImage
from itertools import groupby
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from community.members.models import Member
from community.notices import unsubscribing
from community.notices.kinds import Letter
from community.notices.models import Notice
from community.notices.queries import zone_of
from community.text.width import cut

SUBJECT_COLUMNS = 120
EXCERPT_COLUMNS = 160


def send_notice(notice: Notice) -> bool:
    """Mail a notice to its member; False when no address is known to be theirs."""
    member, kind = notice.member, notice.what
    with _as_read_by(member):
        letter = kind.letter(notice) if kind.letter else Letter("")
        if letter is None:
            return False
        mail = _mail(
            member,
            subject=str(notice),
            template="notices/mail/notice",
            context={"notice": _Line(notice), "kind": kind, "letter": _Enclosed(letter)},
            kind=notice.kind,
        )
    if mail:
        # Sent again because nobody saw the answer: mail programs know it for the same.
        mail.extra_headers["Message-ID"] = _message_id(f"notice.{notice.pk}.{notice.count}")
        _enclose(mail, letter)
    return _sent(mail)


def send_digest(member: Member, notices: Sequence[Notice]) -> bool:
    """Mail a digest, by place; False when no address is known to be theirs."""
    with _as_read_by(member):
        lines = sorted(map(_Line, notices), key=lambda line: line.place)
        places = [(place, list(group)) for place, group in groupby(lines, lambda line: line.place)]
        count = len(notices)
        subject = ngettext(
            "%(count)s thing you have not read", "%(count)s things you have not read", count
        )
        mail = _mail(
            member,
            subject=subject % {"count": count},
            template="notices/mail/digest",
            context={"places": places, "count": count},
            kind=unsubscribing.EVERYTHING,
        )
    return _sent(mail)


class _Line:
    """A notice as a mail says it."""

    def __init__(self, notice: Notice) -> None:
        self.text = str(notice)
        self.place = notice.place or str(notice.what.group)
        self.excerpt = cut(notice.excerpt, EXCERPT_COLUMNS)
        self.url = settings.SITE_URL + reverse("notices:open", args=[notice.pk])


class _Mail(EmailMultiAlternatives):
    """What is attached is shown by the text (RFC 2387)."""

    mixed_subtype = "related"


class _Enclosed:
    """A letter as the templates show it."""

    def __init__(self, letter: Letter) -> None:
        self.text = letter.text
        self.pictures = [
            {"address": f"cid:{_content_id(n)}", "alt": picture.alt}
            for n, picture in enumerate(letter.pictures)
        ]
        self.links = [(words, settings.SITE_URL + address) for words, address in letter.links]


def _enclose(mail: EmailMultiAlternatives, letter: Letter) -> None:
    for n, picture in enumerate(letter.pictures):
        part = MIMEImage(picture.content, "png")
        part["Content-ID"] = f"<{_content_id(n)}>"
        part["Content-Disposition"] = "inline"
        mail.attach(part)


def _content_id(number: int) -> str:
    return f"picture-{number}@{_host()}"


def _message_id(name: str) -> str:
    return f"<{name}@{_host()}>"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


@contextmanager
def _as_read_by(member: Member) -> Iterator[None]:
    language = member.language or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone_of(member)):
        yield


def _mail(
    member: Member, *, subject: str, template: str, context: dict[str, object], kind: str
) -> EmailMultiAlternatives | None:
    address = EmailAddress.objects.filter(user=member, verified=True).order_by("-primary").first()
    if address is None:
        return None
    off = unsubscribing.link(member, kind)
    context |= {
        "subject": subject,
        "unsubscribe_url": off,
        "settings_url": settings.SITE_URL + reverse("notices:settings"),
    }
    mail = _Mail(
        subject=cut(" ".join(subject.split()), SUBJECT_COLUMNS),
        body=render_to_string(f"{template}.txt", context),
        to=[address.email],
        headers={
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


def _sent(mail: EmailMultiAlternatives | None) -> bool:
    return mail is not None and mail.send() == 1
