"""Why an application for a medal is not taken, said to who made it."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from community.honours.domain import applying


def sentence(refused: Exception) -> str:
    if isinstance(refused, applying.RefusedLately):
        day = date_format(localtime(refused.until), "DATE_FORMAT")
        return _("It was not granted. You can ask again on %(day)s.") % {"day": day}
    if isinstance(refused, applying.WaitsAlready):
        return _("You have asked already; staff will read it and answer.")
    return _("You have this medal already.")
