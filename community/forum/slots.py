"""What rooms above this one show at the head of a topic's page.

A room registers in its AppConfig.ready()::

    slots.register_head(status_of_the_wish)    # (topic, at) -> html, "" for nothing

A head is the same for all readers, for members share the page: what is one reader's own belongs
elsewhere. Text that is not SafeString is escaped.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from community.forum.models import Topic

Head = Callable[[Topic, datetime], str]

_heads: list[Head] = []


def register_head(head: Head) -> None:
    _heads.append(head)


def heads_of(topic: Topic, at: datetime) -> SafeString:
    """Everything that is shown above the posts of a topic."""
    shown = (conditional_escape(head(topic, at)) for head in _heads)
    return format_html_join("\n", "{}", ((html,) for html in shown if html))
