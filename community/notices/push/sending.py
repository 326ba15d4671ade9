"""A notice as a push to every browser of its member; it says nothing private."""

import json
import logging
import os
import ssl
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from community.notices.models import Notice, PushSubscription
from community.notices.push import posting
from community.notices.push.encryption import CURVE, encrypt
from community.notices.push.vapid import authorization, key_from
from community.notices.queries import unread_count

logger = logging.getLogger(__name__)
KEPT_FOR_S = 24 * 3600
GONE = (404, 410)
ACCEPTED = range(200, 300)


def send_notice(notice: Notice) -> bool:
    """Push to the member's browsers; False when none takes it. Raises OSError if all failed."""
    browsers = list(PushSubscription.objects.filter(member=notice.member_id))
    sent, failed = 0, 0
    for browser in browsers:
        try:
            sent += _push(browser, notice)
        except posting.NotPublic:
            browser.delete()
        except OSError as error:
            logger.warning("A push to %s failed: %s", notice.member_id, error)
            failed += 1
    if failed and not sent:
        raise OSError("No push service took it.")
    return sent > 0


def _push(browser: PushSubscription, notice: Notice) -> bool:
    """True when the service took it; a browser that is gone is forgotten."""
    key = key_from(settings.WEB_PUSH_KEY)
    contact = (
        settings.SITE_URL if settings.SITE_URL.startswith("https:") else "mailto:hello@localhost"
    )
    body = encrypt(
        json.dumps(payload(browser, notice), ensure_ascii=False).encode(),
        browser_key=bytes(browser.public_key),
        browser_secret=bytes(browser.secret),
        own_key=ec.generate_private_key(CURVE),
        salt=os.urandom(16),
    )
    headers = {
        "Authorization": authorization(
            browser.endpoint, key=key, contact=contact, at=timezone.now()
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_FOR_S),
        "Urgency": "normal",
    }
    allowed = frozenset(settings.WEB_PUSH_PRIVATE_HOSTS)
    status = posting.post(
        browser.endpoint,
        body=body,
        headers=headers,
        allowed_hosts=allowed,
        tls=_tls(settings.WEB_PUSH_AUTHORITY),
    )
    if status in GONE:
        browser.delete()
        return False
    if status not in ACCEPTED:
        raise OSError(f"The push service answers {status}.")
    return True


def payload(browser: PushSubscription, notice: Notice) -> dict[str, object]:
    """What the browser shows: the kind and the count. Words and names stay on the site."""
    language = browser.language or notice.member.language or settings.LANGUAGE_CODE
    with translation.override(language):
        kind = str(notice.what.label)
        unread = unread_count(notice.member)
        body = ngettext("%(count)s unread notice", "%(count)s unread notices", unread)
    return {
        "title": kind,
        "body": body % {"count": unread},
        "unread": unread,
        "tag": f"{notice.pk}",
        "url": reverse("notices:open", args=[notice.pk]),
    }


@cache
def _tls(authority: str) -> ssl.SSLContext:
    """The authorities of the system, or the one in a file."""
    return ssl.create_default_context(cafile=authority or None)
