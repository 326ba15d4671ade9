"""What all readers of a page share, kept for a moment in each process's own memory."""

from django.core.cache.backends.locmem import LocMemCache


class Moments(LocMemCache):
    """`caches["moments"]`; any text is a key, such as what stands in an address."""

    def validate_key(self, key: str) -> None:
        """Other caches refuse long keys and spaces; a dictionary does not mind."""
