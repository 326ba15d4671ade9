"""Sends a bundle in parts, from where a reader wants it: an interrupted download goes on."""

import re
from collections.abc import Iterator
from http import HTTPStatus

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from awards.popcorn.domain.bundle import CONTENT_TYPE, SUFFIX
from awards.popcorn.models import Award, BundlePart

# One range of bytes: from … to, from …, or the last n. Several at once get the whole file.
ONE_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def name_of(award: Award) -> str:
    """What the file is called on the reader's disk."""
    return f"popcorn-{award.build.slug}-{award.revision}.{SUFFIX}"


def send_bundle(request: HttpRequest, award: Award, *, is_lasting: bool) -> HttpResponseBase:
    """The bundle, a part of it (Range), or word that the reader has it already (304).

    ``is_lasting``: the address names the revision; else a correction takes its place there.
    """
    etag = f'"{bytes(award.digest).hex()}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        unchanged["ETag"] = etag
        return unchanged
    wanted = _wanted(request, award.bundle_size, etag)
    if wanted is None:
        return _no_such_range(award)
    body = () if request.method == "HEAD" else _bytes(award, wanted)
    response = StreamingHttpResponse(body, content_type=CONTENT_TYPE, headers={"ETag": etag})
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(len(wanted))
    response["Content-Disposition"] = f'attachment; filename="{name_of(award)}"'
    if len(wanted) < award.bundle_size:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response["Content-Range"] = f"bytes {wanted[0]}-{wanted[-1]}/{award.bundle_size}"
    if award.announced_at is not None and is_lasting:
        # What is out never changes: a correction is another revision.
        patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response


def _no_such_range(award: Award) -> HttpResponse:
    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "code": "no_such_range",
        "detail": _("The file holds none of the bytes asked for."),
    }
    return JsonResponse(
        problem,
        status=status,
        content_type="application/problem+json",
        headers={"Content-Range": f"bytes */{award.bundle_size}"},
    )


def _wanted(request: HttpRequest, size: int, etag: str) -> range | None:
    """Which bytes of the file (RFC 9110, section 14); None when it holds none of them."""
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", etag) != etag or not any(asked.groups()):
        return range(size)
    first, last = asked.groups()
    if not first:
        return range(max(size - int(last), 0), size) or None
    if last and int(last) < int(first):
        return range(size)
    return range(int(first), min(int(last or size), size - 1) + 1) or None


def _bytes(award: Award, wanted: range) -> Iterator[bytes]:
    size = BundlePart.SIZE
    parts = BundlePart.objects.filter(award=award).values_list("content", flat=True)
    for number in range(wanted[0] // size, wanted[-1] // size + 1):
        begin = max(wanted[0] - number * size, 0)
        yield bytes(parts.get(number=number))[begin : wanted[-1] + 1 - number * size]
