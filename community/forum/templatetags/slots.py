"""What other rooms show on a topic's page: `{% load slots %}`."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from community.forum import slots
from community.forum.models import Topic

register = template.Library()


@register.simple_tag(takes_context=True)
def topic_panels(context: Context, topic: Topic) -> SafeString:
    """Below the first post; in a place of the reader's own."""
    return slots.panels_of(context["request"], topic)


@register.simple_tag(takes_context=True)
def topic_tools(context: Context, topic: Topic) -> SafeString:
    """Beside the topic's actions; in a place of the reader's own."""
    return slots.tools_of(context["request"], topic, moderates=context["reader"].moderates)
