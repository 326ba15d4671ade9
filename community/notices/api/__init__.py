"""Notices for programs."""
