"""The project package: settings, addresses, the frame of every page."""

from orangefriday.celery import app as celery_app

__all__ = ["celery_app"]
