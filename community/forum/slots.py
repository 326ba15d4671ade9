"""What rooms above this one show on a topic's page: at its head, below its first post, as a tool.

A room registers in its AppConfig.ready()::

    slots.register_head(status_of_the_wish)    # (topic, at) -> html, "" for nothing
    slots.register_panel(polls)                # (request, topic) -> html
    slots.register_tool(add_a_poll)            # (request, topic, moderates) -> html

A head is the same for all readers, for members share the page. Panels and tools are their reader's
own; panels are asked for topics marked by `Topic.has_panels` alone. Text that is not SafeString is
escaped.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from community.forum.models import Topic

Head = Callable[[Topic, datetime], str]
Panel = Callable[[HttpRequest, Topic], str]
# Asked at every hit of every topic, so without a query; whether its reader moderates is known.
Tool = Callable[[HttpRequest, Topic, bool], str]

_heads: list[Head] = []
_panels: list[Panel] = []
_tools: list[Tool] = []


def register_head(head: Head) -> None:
    _heads.append(head)


def register_panel(panel: Panel) -> None:
    _panels.append(panel)


def register_tool(tool: Tool) -> None:
    _tools.append(tool)


def heads_of(topic: Topic, at: datetime) -> SafeString:
    """Everything that is shown above the posts of a topic."""
    return _joined(head(topic, at) for head in _heads)


def panels_of(request: HttpRequest, topic: Topic) -> SafeString:
    """What stands below the first post."""
    return _joined(panel(request, topic) for panel in _panels)


def tools_of(request: HttpRequest, topic: Topic, *, moderates: bool) -> SafeString:
    """What stands beside the topic's own actions."""
    return _joined(tool(request, topic, moderates) for tool in _tools)


def _joined(parts: Iterable[str]) -> SafeString:
    return SafeString("\n".join([conditional_escape(part) for part in parts if part]))
