"""What the award's templates need: `{% load popcorn %}`."""

from django import template

register = template.Library()


@register.filter
def said_of(quotes: dict[int, list[str]], feature_id: int) -> list[str]:
    """The quotes about one feature."""
    return quotes.get(feature_id, [])
