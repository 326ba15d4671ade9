"""Taking pictures in and keeping them."""
