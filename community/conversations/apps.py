"""Private conversations between members."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "community.conversations"

    def ready(self) -> None:
        from community.conversations import panels, personal, subjects
        from community.conversations.domain.talking import NOTICE
        from community.honours.panels import register_privileges
        from community.members.panels import register_action
        from community.members.personal import register_eraser
        from community.moderation.acts import register as register_act
        from community.moderation.subjects import register as register_subject
        from community.notices.kinds import NoticeKind, register

        register_action(panels.write_to)
        register_eraser(personal.erase)
        register_subject(subjects.MESSAGES)
        register_act(subjects.READ)
        register_privileges(panels.levels)
        register(
            NoticeKind(
                NOTICE,
                _("Private messages"),
                _("Conversations"),
                one=_("%(by)s wrote to you"),
                many=_("%(count)s new messages, the last by %(by)s"),
                icon="envelope",
            )
        )
