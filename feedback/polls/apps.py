"""Polls in topics."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "feedback.polls"

    def ready(self) -> None:
        from community.forum import slots
        from community.members.personal import register_eraser
        from community.moderation.acts import Act, register
        from feedback.polls import panels, personal
        from feedback.polls.domain.making import REMOVED
        from feedback.polls.notice_kinds import register_kinds

        slots.register_panel(panels.polls)
        slots.register_tool(panels.add_a_poll)
        register_kinds()
        register(Act(name=REMOVED, label=_("removed a poll")))
        register_eraser(personal.erase)
