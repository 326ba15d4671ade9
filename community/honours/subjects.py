"""Applications for medals as staff see them in the queue, and what the log calls their acts."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.honours.domain import applying, medals
from community.honours.models import MedalApplication, MedalGrant
from community.members.models import Member
from community.moderation.acts import Act
from community.moderation.models import LogEntry
from community.moderation.subjects import Look, Subject


def _looks(ids: Collection[int]) -> Mapping[int, Look]:
    asked = MedalApplication.objects.filter(pk__in=ids).select_related("stage__medal", "member")
    return {
        one.pk: Look(
            title=_("%(name)s asks for the medal “%(medal)s”")
            % {"name": one.member, "medal": one.stage},
            url=one.stage.medal.get_absolute_url(),
            html=format_html('<p class="pre-line">{}</p>', one.words),
            author=one.member,
        )
        for one in asked
    }


def _approve(pk: int, by: Member, answer: str, at: datetime) -> None:
    applying.approve(application=_application(pk), by=by, answer=answer, at=at)


def _refuse(pk: int, by: Member, answer: str, at: datetime) -> None:
    applying.refuse(application=_application(pk), answer=answer, at=at)


def _application(pk: int) -> MedalApplication:
    return MedalApplication.objects.select_related("stage__medal", "member").get(pk=pk)


def _undo_giving(entry: LogEntry, by: Member, at: datetime) -> None:
    medals.take_back(grant=_grant(entry), by=by, reason=_("given by mistake"), at=at, undoes=entry)


def _undo_taking(entry: LogEntry, by: Member, at: datetime) -> None:
    medals.bring_back(grant=_grant(entry), by=by, at=at, undoes=entry)


def _grant(entry: LogEntry) -> MedalGrant:
    known = MedalGrant.objects.select_related("stage__medal", "member")
    return known.get(pk=entry.detail["grant"])


APPLICATIONS = Subject(
    kind=applying.KIND,
    label=gettext_lazy("application for a medal"),
    look=_looks,
    may_report=lambda _user, _pk: False,
    approve=_approve,
    refuse=_refuse,
    tells_author=True,
)
ACTS = (
    Act(name=medals.GIVEN, label=gettext_lazy("gave a medal"), undo=_undo_giving),
    Act(name=medals.TAKEN_BACK, label=gettext_lazy("took a medal back"), undo=_undo_taking),
)
