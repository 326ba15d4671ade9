"""Vote reports for programs."""
