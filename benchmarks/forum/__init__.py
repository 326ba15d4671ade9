"""The forum with a million posts."""
