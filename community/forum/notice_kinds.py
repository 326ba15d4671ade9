"""What the forum tells members: registered with the notices room in apps.ready()."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from community.forum.queries.quoting import words_now
from community.notices.kinds import EMAIL, PUSH, SITE, NoticeKind, register

_EVERYWHERE = frozenset({SITE, EMAIL, PUSH})
FORUM = _("Forum")

KINDS = (
    NoticeKind(
        "forum.mention",
        _("Mentions"),
        FORUM,
        one=_("%(by)s mentioned you in “%(title)s”"),
        many=_("You are mentioned %(count)s times in “%(title)s”"),
        icon="at-symbol",
        channels=_EVERYWHERE,
    ),
    NoticeKind(
        "forum.reply",
        _("Answers to me"),
        FORUM,
        one=_("%(by)s answered you in “%(title)s”"),
        many=_("%(count)s answers to you in “%(title)s”"),
        icon="chat-bubble-left-right",
        channels=_EVERYWHERE,
    ),
    NoticeKind(
        "forum.post",
        _("Posts where I watch"),
        FORUM,
        one=_("A new post in “%(title)s”"),
        many=_("%(count)s new posts in “%(title)s”"),
        icon="eye",
    ),
    NoticeKind(
        "forum.topic",
        _("Topics where I watch"),
        FORUM,
        one=_("A new topic: “%(title)s”"),
        icon="document-text",
    ),
    NoticeKind(
        "forum.followed",
        _("Topics of people I follow"),
        FORUM,
        one=_("%(by)s opened “%(title)s”"),
        icon="user-circle",
    ),
    NoticeKind(
        "forum.fixed",
        _("Bugs of mine that are fixed"),
        FORUM,
        one=_("“%(title)s” is fixed in %(build)s"),
        icon="wrench-screwdriver",
        channels=_EVERYWHERE,
    ),
    NoticeKind(
        "forum.reminder",
        _("Reminders of bookmarks"),
        FORUM,
        one=_("You wanted to be reminded of “%(title)s”"),
        icon="bookmark",
        channels=_EVERYWHERE,
    ),
)


def register_kinds() -> None:
    for kind in KINDS:
        register(replace(kind, words_now=words_now))
