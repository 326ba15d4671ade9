"""What templates ask of medals."""

from collections.abc import Mapping

from django import template

from community.honours.models import Medal, MedalApplication

register = template.Library()


@register.filter
def of_medal(applications: Mapping[int, MedalApplication], medal: Medal) -> MedalApplication | None:
    """What the reader asked for last of this medal."""
    return applications.get(medal.pk)
