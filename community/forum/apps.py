"""The forum: boards, topics, posts."""

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "community.forum"

    def ready(self) -> None:
        from community.forum import panels, personal, references, subjects
        from community.forum.domain.moderation.acts import register_acts
        from community.forum.named import find_members, find_topics
        from community.forum.notice_kinds import register_kinds
        from community.members.panels import register, register_figure
        from community.members.personal import register_eraser
        from community.moderation.subjects import register as register_subject
        from community.moderation.subjects import register_boards

        register(panels.topics_on_profile, is_activity=True)
        register_figure(panels.topics_of)
        register_figure(panels.posts_of)
        register(panels.member_discussed, is_activity=True)
        references.register("member", find_members)
        references.register("topic", find_topics)
        register_subject(subjects.POSTS)
        register_boards(subjects.moderated_by, subjects.board_names)
        register_acts()
        register_kinds()
        register_honours()
        register_suggesters()
        register_eraser(personal.erase)
        post_migrate.connect(add_first_boards, sender=self)


def register_suggesters() -> None:
    """What a few letters may stand for."""
    from community.forum.search import suggesting

    suggesting.register("member", suggesting.members_like)
    suggesting.register("tag", suggesting.tags_like)


def register_honours() -> None:
    """What gives experience here, and what levels open."""
    from community.forum import panels
    from community.forum.domain.crediting import RULE
    from community.honours.panels import register_privileges
    from community.honours.rules import RuleKind, register

    register_privileges(panels.levels_of_boards)
    label = _("A bug you reported was fixed")
    register(RuleKind(name=RULE, label=label, amount=10, daily_cap=50, explain=panels.fixed_bugs))


def add_first_boards(apps: Apps = installed_apps, **_kwargs: object) -> None:
    """After every migration, as Django adds its permissions: one list, in the code that uses it."""
    from community.forum.domain.boards import ensure_boards

    if "board" in apps.all_models["forum"]:
        ensure_boards()
