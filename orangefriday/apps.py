"""The project as an app: frame, home page, commands."""

from django.apps import AppConfig


class OrangefridayConfig(AppConfig):
    name = "orangefriday"

    def ready(self) -> None:
        from orangefriday import checks  # noqa: F401 - registers itself
