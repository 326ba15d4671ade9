"""The staff dashboard: who comes, how fast they are answered, what they do not find."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "community.dashboard"

    def ready(self) -> None:
        from community.moderation.tabs import Tab, register

        register(Tab(label=_("Figures"), url_name="dashboard:dashboard"))
