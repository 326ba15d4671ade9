"""Wishes in /api/v1/."""
