"""Vote reports: what product managers read."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "feedback.reports"
