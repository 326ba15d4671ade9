"""Polls for programs."""
