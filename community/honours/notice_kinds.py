"""What this room tells members."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from community.honours.domain.telling import MEDAL, REFUSED, TAKEN
from community.honours.models import MedalStage
from community.notices.kinds import NoticeKind
from community.notices.models import Notice

MEDALS = _("Medals")


def _names(notices: Sequence[Notice]) -> Mapping[int, Mapping[str, str]]:
    """The names of medals in the reader's language; one query."""
    ids = {notice.pk: int(notice.words["stage"]) for notice in notices}
    stages = MedalStage.objects.select_related("medal").in_bulk(ids.values())
    return {pk: {"title": str(stages[stage])} for pk, stage in ids.items() if stage in stages}


KINDS = (
    NoticeKind(
        MEDAL,
        _("Medals I am given"),
        MEDALS,
        one=_("You have the medal “%(title)s”"),
        icon="trophy",
        words_now=_names,
    ),
    NoticeKind(
        TAKEN,
        _("Medals that are taken back"),
        MEDALS,
        one=_("The medal “%(title)s” was taken back: %(answer)s"),
        icon="trophy",
        can_be_switched_off=False,
        words_now=_names,
    ),
    NoticeKind(
        REFUSED,
        _("What became of my applications"),
        MEDALS,
        one=_("Your application for the medal “%(title)s” was not granted: %(answer)s"),
        icon="trophy",
        words_now=_names,
    ),
)
