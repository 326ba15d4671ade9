"""What people fill in for wishes."""
