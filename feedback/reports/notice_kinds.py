"""What reports tell members: registered with the notices room in apps.ready()."""

from django.utils.translation import gettext_lazy as _

from community.notices.kinds import EMAIL, SITE, NoticeKind, register

KINDS = (
    NoticeKind(
        "reports.note",
        _("Notes from managers about what I built"),
        _("Vote reports"),
        one=_("%(by)s wrote to you about “%(title)s”"),
        icon="inbox",
        channels=frozenset({SITE, EMAIL}),
    ),
)


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)
