"""On an engineer's page: the way to the inbox, for the engineer alone."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.builds.models import Engineer
from community.builds.permissions import is_engineer_self


def to_the_inbox(request: HttpRequest, engineer: Engineer) -> SafeString | str:
    """A link, or nothing for everybody else."""
    if not is_engineer_self(request.user, engineer):
        return ""
    return format_html(
        '<p><a class="button" href="{}">{}</a></p>',
        reverse("reports:inbox"),
        _("Your inbox: verdicts, words and notes"),
    )
