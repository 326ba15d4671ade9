"""Why a post was not taken, said to who wrote it."""

from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from community.forum.domain import posting

REFUSALS = (posting.PostingTooFast, posting.TopicLocked, posting.TooSoon, posting.TextRefused)


def said(refused: Exception) -> str:
    """The sentence for one of REFUSALS."""
    if isinstance(refused, posting.TooSoon):
        when = localize(localtime(refused.until).time())
        return _("Slow mode: you can reply here again at %(when)s.") % {"when": when}
    if isinstance(refused, posting.TextRefused):
        rules = _(", ").join(refused.rules)
        return _("This breaks a rule of the site, so it was not posted: %(rules)s.") % {
            "rules": rules
        }
    if isinstance(refused, posting.TopicLocked):
        return _("The topic was locked a moment ago.")
    return _("You have written a lot within a minute. Wait a moment, then send it again.")
