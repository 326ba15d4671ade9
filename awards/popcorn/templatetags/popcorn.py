"""What the award's templates need: `{% load popcorn %}`."""

import re
from collections.abc import Mapping
from typing import TypeVar

from django import template

register = template.Library()

T = TypeVar("T")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


@register.filter
def of(rows: Mapping[int, T], key: int) -> T | None:
    """What a mapping holds for a key, if anything."""
    return rows.get(key)


@register.filter
def tongue(text: str) -> str:
    """The language of a text, for ``lang``: line height and measure of Han follow from it."""
    return "zh-hans" if _HAN.search(text) else "en"
