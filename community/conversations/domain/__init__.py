"""Writing to one another in private."""
