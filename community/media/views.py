"""Pictures as they are shown: from this site alone, never as anything but a picture."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from community.media.domain.pictures import stored_name

# A picture never changes under its address, and nothing in it may run or load.
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def picture(request: HttpRequest, key: str, width: int | None = None) -> FileResponse:  # noqa: ARG001
    """The file of a picture, whole or of a width; asks no database and no session."""
    file_name = f"{key}-{width}.webp" if width else f"{key}.webp"
    try:
        file = default_storage.open(stored_name(file_name))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp", headers=HEADERS)
