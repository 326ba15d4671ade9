"""Private conversations between members."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "community.conversations"

    def ready(self) -> None:
        from community.conversations import panels
        from community.conversations.domain.talking import NOTICE
        from community.honours.panels import register_privileges
        from community.members.panels import register_action
        from community.notices.kinds import NoticeKind, register

        register_action(panels.write_to)
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
