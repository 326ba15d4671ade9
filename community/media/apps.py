"""Pictures people put into what they write."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "community.media"

    def ready(self) -> None:
        from community.media import personal
        from community.members.personal import register_eraser, register_files

        register_eraser(personal.erase)
        register_files(personal.files)
