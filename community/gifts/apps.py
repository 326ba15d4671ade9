"""The gift wall: what members gave to those who build for them."""

from django.apps import AppConfig


class GiftsConfig(AppConfig):
    name = "community.gifts"

    def ready(self) -> None:
        from community.builds.panels import register_for_engineers
        from community.gifts import notice_kinds, panels, personal, subjects
        from community.members.personal import register_eraser
        from community.moderation import acts
        from community.moderation.subjects import register
        from community.notices import kinds

        register_for_engineers("engineer.after", panels.gifts_of_engineer)
        register(subjects.GIFTS)
        acts.register(*subjects.ACTS)
        for kind in notice_kinds.KINDS:
            kinds.register(kind)
        register_eraser(personal.erase)
