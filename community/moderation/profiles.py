"""What order asks of profiles: their texts are judged, and others can report them."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.texts import TextsRefused
from community.moderation.domain.judging import TextRefused, refuse_blocked


def judged(texts: Sequence[str]) -> Sequence[str]:
    """The texts as they are kept. A profile does not wait: what would have to is refused."""
    try:
        judgement = refuse_blocked(texts=texts)
    except TextRefused as refused:
        raise TextsRefused(refused.rules) from refused
    if judgement.is_held:
        raise TextsRefused(judgement.rules)
    return judgement.texts


def report_link(request: HttpRequest, member: Member) -> SafeString | str:
    """The way to report a profile that is not one's own."""
    if not request.user.is_authenticated or request.user.pk == member.pk:
        return ""
    address = reverse("moderation:report", args=["member", member.pk])
    label = _("Report")
    return format_html(
        '<a class="button button-quiet" href="{}" rel="nofollow">{}</a>', address, label
    )
