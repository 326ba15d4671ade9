"""Four-grid ballots: voting, eligibility, tally."""

from django.apps import AppConfig


class FourgridConfig(AppConfig):
    name = "feedback.fourgrid"
