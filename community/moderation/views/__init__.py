"""Pages of the moderators' desk, and what members see of it."""
