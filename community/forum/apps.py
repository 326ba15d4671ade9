"""The forum: boards, topics, posts."""

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


class ForumConfig(AppConfig):
    name = "community.forum"

    def ready(self) -> None:
        from community.forum import subjects
        from community.forum.domain.moderation.acts import register_acts
        from community.forum.notice_kinds import register_kinds
        from community.forum.panels import posts_of, topics_of, topics_on_profile
        from community.members.panels import register, register_figure
        from community.moderation.subjects import register as register_subject
        from community.moderation.subjects import register_boards

        register(topics_on_profile, is_activity=True)
        register_figure(topics_of)
        register_figure(posts_of)
        register_subject(subjects.POSTS)
        register_boards(subjects.moderated_by)
        register_acts()
        register_kinds()
        post_migrate.connect(add_first_boards, sender=self)


def add_first_boards(apps: Apps = installed_apps, **_kwargs: object) -> None:
    """After every migration, as Django adds its permissions: one list, in the code that uses it."""
    from community.forum.domain.boards import ensure_boards

    if "board" in apps.all_models["forum"]:
        ensure_boards()
