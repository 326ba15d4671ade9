"""What reports tell members: registered with the notices room in apps.ready()."""

from django.utils.translation import gettext_lazy as _

from community.notices.kinds import EMAIL, SITE, Letter, NoticeKind, register
from community.notices.models import Notice


def _letter_to(notice: Notice) -> Letter | None:
    # Not with the module: only who sends mails prints.
    from feedback.reports.printing.letter import letter_to

    return letter_to(notice)


KINDS = (
    NoticeKind(
        "reports.ready",
        _("The vote report of the week"),
        _("Vote reports"),
        one=_("The vote report on %(build)s is ready"),
        icon="chart-bar",
        channels=frozenset({SITE, EMAIL}),
        letter=_letter_to,
    ),
    NoticeKind(
        "reports.export",
        _("Files I asked for are ready"),
        _("Vote reports"),
        one=_("%(file)s is ready"),
        icon="arrow-down-tray",
    ),
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
