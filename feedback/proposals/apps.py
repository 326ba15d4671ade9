"""Proposals: what members wish for."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "feedback.proposals"
