"""Web push: what browsers and their push services ask for (RFC 8030, 8188, 8291, 8292)."""
