"""Private conversations for programs."""
