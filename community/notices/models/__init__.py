"""What members are told, how they want to hear it, and what was sent."""

from community.notices.models.notices import Heard, Inbox, Notice, NoticeQuerySet

__all__ = ["Heard", "Inbox", "Notice", "NoticeQuerySet"]
