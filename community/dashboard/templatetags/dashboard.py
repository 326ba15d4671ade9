"""How long people waited, in the unit one would say it in."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _

register = template.Library()

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@register.filter
def waited(wait: timedelta | None) -> str:
    """35 min, 4.2 h, 3.1 d; a dash when nobody was answered."""
    if wait is None:
        return "–"
    if wait < HOUR:
        return _("%(n)d min") % {"n": max(1, round(wait / MINUTE))}
    if wait < 2 * DAY:
        return _("%(n).1f h") % {"n": wait / HOUR}
    return _("%(n).1f d") % {"n": wait / DAY}
