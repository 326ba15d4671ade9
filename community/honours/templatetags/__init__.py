"""Template tags of the honours room."""
