"""What people do in the forum."""
