"""Pushes to a browser: its subscription, and the worker that shows them."""

import json
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from community.members.models import Member
from community.notices.domain import browsers
from community.notices.push.vapid import decoded

_is_https = URLValidator(schemes=["https"])
MOST_LENGTH = 1000
# What reading a body that is no subscription ends in.
_BROKEN = (ValueError, KeyError, TypeError, RecursionError)


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """At the root of the site, as a worker rules over what lies below its address."""
    return render(request, "notices/worker.js", content_type="text/javascript")


@login_required
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """What PushSubscription.toJSON() gives; 204 when it is kept."""
    try:
        said = _subscription(request.body)
        browsers.add_browser(
            member=cast("Member", request.user),
            language=translation.get_language() or "",
            at=timezone.now(),
            **said,
        )
    except (*_BROKEN, ValidationError, browsers.BadKeys):
        return JsonResponse({"title": "Not a push subscription."}, status=400)
    return HttpResponse(status=204)


@login_required
@require_POST
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Forget the browser with this endpoint, if it is the member's."""
    try:
        endpoint = str(json.loads(request.body)["endpoint"])
    except _BROKEN:
        return JsonResponse({"title": "Not a push subscription."}, status=400)
    browsers.remove_browser(member=cast("Member", request.user), endpoint=endpoint)
    return HttpResponse(status=204)


def _subscription(body: bytes) -> dict[str, Any]:
    said = json.loads(body)
    endpoint = said["endpoint"]
    _is_https(endpoint)
    if len(endpoint) > MOST_LENGTH:
        raise ValueError("An endpoint is shorter than that.")
    return {
        "endpoint": endpoint,
        "public_key": decoded(said["keys"]["p256dh"]),
        "secret": decoded(said["keys"]["auth"]),
    }
