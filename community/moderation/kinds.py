"""What this room itself lets moderators look at: profiles, and appeals against sanctions."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.media.domain import portraits
from community.members.models import Member
from community.members.permissions import User, is_member
from community.moderation.acts import Act, register
from community.moderation.domain import sanctions
from community.moderation.domain.log import record
from community.moderation.domain.telling import DECISION, REPORT, SANCTION
from community.moderation.models import LogEntry, Sanction
from community.moderation.subjects import Look, Subject
from community.notices.kinds import NoticeKind
from community.notices.kinds import register as register_kind
from community.text.markdown import render


def _profiles(ids: Collection[int]) -> Mapping[int, Look]:
    members = Member.objects.filter(pk__in=ids)
    return {
        member.pk: Look(
            title=_("Profile of %(name)s") % {"name": member},
            url=reverse("members:profile", args=[member.username]),
            html=_profile(member),
            author=member,
            is_hidden=not (member.about or member.signature or member.photo),
        )
        for member in members
    }


def _profile(member: Member) -> SafeString:
    """What a profile says: the photograph, the words about oneself, the signature."""
    photo = member.photo_large_url
    return format_html(
        "{}{}{}",
        format_html('<p><img src="{}" alt="" width="160" height="160"></p>', photo)
        if photo
        else "",
        render(member.about, keeps_lines=True),
        render(member.signature, keeps_lines=True),
    )


def _may_report_profile(user: User, pk: int) -> bool:
    return is_member(user) and user.pk != pk and Member.objects.filter(pk=pk).exists()


def _clear_profile(pk: int, by: Member, reason: str, at: datetime) -> None:
    """The words and the photograph go; the log keeps the words, so that they can come back."""
    member = Member.objects.select_for_update(no_key=True).get(pk=pk)
    kept = {"about": member.about, "signature": member.signature, "reason": reason}
    record(by=by, act="clear_profile", subject=f"member:{member.username}", at=at, detail=kept)
    Member.objects.filter(pk=pk).update(about="", signature="")
    portraits.remove(member=member)


def _undo_clear(entry: LogEntry, by: Member, at: datetime) -> None:
    member = Member.objects.filter(username=entry.subject.removeprefix("member:"))
    for name in ("about", "signature"):  # what was written since stays
        member.filter(**{name: ""}).update(**{name: entry.detail.get(name, "")})
    record(by=by, act="undo", subject=entry.subject, at=at, undoes=entry)


def _appeals(ids: Collection[int]) -> Mapping[int, Look]:
    appealed = Sanction.objects.filter(pk__in=ids).select_related("member", "by", "case")
    return {
        sanction.pk: Look(
            title=_("%(name)s appeals against a %(step)s")
            % {"name": sanction.member, "step": sanction.get_step_display()},
            url=reverse("moderation:member", args=[sanction.member.username]),
            html=render_to_string("moderation/appeal_look.html", {"sanction": sanction}),
            board=sanction.case.board if sanction.case else "",
            author=sanction.member,
        )
        for sanction in appealed
    }


def _lift(pk: int, by: Member, answer: str, at: datetime) -> None:
    _answer(pk, Sanction.AppealOutcome.LIFTED, by, answer, at)


def _uphold(pk: int, by: Member, answer: str, at: datetime) -> None:
    _answer(pk, Sanction.AppealOutcome.UPHELD, by, answer, at)


def _answer(pk: int, outcome: str, by: Member, answer: str, at: datetime) -> None:
    sanction = Sanction.objects.select_related("member").get(pk=pk)
    sanctions.answer_appeal(sanction=sanction, outcome=outcome, by=by, answer=answer, at=at)


def _undo_sanction(entry: LogEntry, by: Member, at: datetime) -> None:
    sanction = Sanction.objects.select_related("member").get(pk=entry.detail["sanction"])
    sanctions.lift(sanction=sanction, by=by, at=at)
    record(by=by, act="undo", subject=entry.subject, at=at, undoes=entry)


PROFILES = Subject(
    kind="member",
    label=gettext_lazy("profile"),
    look=_profiles,
    may_report=_may_report_profile,
    hide=_clear_profile,
)
APPEALS = Subject(
    kind="sanction",
    label=gettext_lazy("appeal"),
    look=_appeals,
    may_report=lambda _user, _pk: False,
    approve=_lift,
    refuse=_uphold,
)


def note_look(by: Member, member: Member, at: datetime) -> None:
    """Somebody opened a member's account in the administration."""
    subject = f"member:{member.username}"
    record(by=by, act="read_account", subject=subject, about=[member.pk], at=at)


def register_acts() -> None:
    """The acts of this room."""
    register(
        Act(name="settle_case", label=gettext_lazy("settled a case")),
        Act(name="clear_profile", label=gettext_lazy("cleared a profile"), undo=_undo_clear),
        Act(name="give_sanction", label=gettext_lazy("gave a sanction"), undo=_undo_sanction),
        Act(name="lift_sanction", label=gettext_lazy("lifted a sanction")),
        Act(name="add_note", label=gettext_lazy("wrote a note")),
        Act(name="change_words", label=gettext_lazy("changed the watched words")),
        Act(name="undo", label=gettext_lazy("took an act back")),
        Act(name="read_member", label=gettext_lazy("opened a member's staff page"), is_look=True),
        Act(name="read_ballots", label=gettext_lazy("read the ballots of a build")),
        Act(name="take_ballots", label=gettext_lazy("took the ballots of a build as a file")),
        Act(name="read_account", label=gettext_lazy("opened an account"), is_look=True),
    )


def register_notices() -> None:
    """What members are told by this room."""
    group = gettext_lazy("Moderation")
    for name, label, one in (
        (
            REPORT,
            gettext_lazy("What became of my reports"),
            gettext_lazy("“%(title)s”, which you reported, has been looked at: %(answer)s"),
        ),
        (
            DECISION,
            gettext_lazy("Approval of my posts"),
            gettext_lazy("Whether “%(title)s” is published has been decided: %(answer)s"),
        ),
        (
            SANCTION,
            gettext_lazy("Decisions about me"),
            gettext_lazy("A moderator has decided something about you: %(title)s"),
        ),
    ):
        register_kind(NoticeKind(name, label, group, one, can_be_switched_off=name != SANCTION))
