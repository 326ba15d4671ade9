"""Pages of what members have earned."""
