"""Pages of the forum: reading, writing, moderating."""
