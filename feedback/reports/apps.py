"""Vote reports: what product managers read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "feedback.reports"

    def ready(self) -> None:
        from community.builds import mails, panels
        from community.members import personal
        from feedback.reports.domain.telling import READY, told_of
        from feedback.reports.notice_kinds import register_kinds
        from feedback.reports.own_inbox import to_the_inbox
        from feedback.reports.personal import erase

        register_kinds()
        label = _("The vote report, on Wednesday, to managers")
        mails.register(mails.ProductMail(kind=READY, label=label, told=told_of, is_named=True))
        personal.register_eraser(erase)
        panels.register_for_engineers("engineer.after", to_the_inbox)
