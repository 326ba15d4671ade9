"""What wishes tell members: registered with the notices room in apps.ready()."""

from django.utils.translation import gettext_lazy as _

from community.notices.kinds import EMAIL, PUSH, SITE, NoticeKind, register

KINDS = (
    NoticeKind(
        "proposals.shipped",
        _("Wishes of mine that shipped"),
        _("Wishes"),
        one=_("You asked, %(engineers)s built it: “%(title)s” is in %(build)s"),
        icon="gift",
        channels=frozenset({SITE, EMAIL, PUSH}),
    ),
)


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)
