"""Polls in topics."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "feedback.polls"

    def ready(self) -> None:
        from community.forum import slots
        from community.members.personal import register_eraser
        from community.moderation import acts, subjects
        from feedback.polls import panels, personal
        from feedback.polls.notice_kinds import register_kinds
        from feedback.polls.subjects import ACTS, POLLS

        slots.register_panel(panels.polls)
        slots.register_tool(panels.add_a_poll)
        register_kinds()
        subjects.register(POLLS)
        acts.register(*ACTS)
        register_eraser(personal.erase)
