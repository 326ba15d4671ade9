"""Search: what a question means, what it finds, what of it is shown."""
