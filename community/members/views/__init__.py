"""Pages of members: for everybody to see, and for oneself to change."""
