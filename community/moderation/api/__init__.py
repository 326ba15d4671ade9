"""Moderation for programs."""
