"""Pages of lists by a cursor, which somebody may have made up."""

from typing import Any

from django.core.exceptions import ValidationError as BadValue
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from community.text.moments import moment
from community.text.whole import number


class CursorPages(CursorPagination):
    """Lists sorted by a moment or a number; there is no page where a cursor holds neither."""

    page_size = 50

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Refuses moments that only the database would find out to be none."""
        cursor: Cursor | None = super().decode_cursor(request)
        position = "0" if cursor is None or cursor.position is None else str(cursor.position)
        if number(position) is None and moment(position) is None:
            raise NotFound(self.invalid_cursor_message)
        return cursor

    def paginate_queryset(self, *args: Any, **kwargs: Any) -> list[Any] | None:
        """Refuses numbers where a moment belongs, and moments for numbers."""
        try:
            page: list[Any] | None = super().paginate_queryset(*args, **kwargs)
        except (BadValue, ValueError, OverflowError) as error:
            raise NotFound(self.invalid_cursor_message) from error
        return page
