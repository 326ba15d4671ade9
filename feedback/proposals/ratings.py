"""How a shipped wish was rated: rooms above this one, which know the verdicts, say so.

A room registers in its AppConfig.ready()::

    ratings.register(verdicts)   # (request, build, feature ids) -> html by feature id
"""

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest

from community.builds.models import Build, Feature

Rating = Callable[[HttpRequest, Build, Sequence[int]], Mapping[int, str]]

_ratings: list[Rating] = []


def register(rating: Rating) -> None:
    _ratings.append(rating)


def rating_of(request: HttpRequest, feature: Feature) -> str:
    """What may be told this reader of the verdicts on a change; "" while nothing may."""
    told = (rating(request, feature.build, [feature.pk]) for rating in _ratings)
    return next((html for answer in told if (html := answer.get(feature.pk, ""))), "")
