"""Vote reports: what product managers read."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "feedback.reports"

    def ready(self) -> None:
        from community.builds import panels
        from community.members import personal
        from feedback.reports.notice_kinds import register_kinds
        from feedback.reports.own_inbox import to_the_inbox
        from feedback.reports.personal import erase

        register_kinds()
        personal.register_eraser(erase)
        panels.register_for_engineers("engineer.after", to_the_inbox)
