"""Gifts on the page of the engineer they were for."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.builds.models import Engineer
from community.gifts import queries


def gifts_of_engineer(request: HttpRequest, engineer: Engineer) -> str:
    """The latest few, and the way to the wall."""
    if engineer.is_hidden:
        return ""
    gifts = list(queries.wall(engineer=engineer)[: queries.ON_ENGINEERS_PAGE])
    return render_to_string(
        "gifts/panel.html", {"engineer": engineer, "gifts": gifts}, request=request
    )
