"""The forum in the administration: boards and their moderators, topics."""

from django.contrib import admin

from community.forum.models import Board, Column, Topic


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin):
    list_display = ("name", "name_zh", "stage", "position")
    ordering = ("position", "pk")
    autocomplete_fields = ("moderators",)


@admin.register(Column)
class ColumnAdmin(admin.ModelAdmin):
    """Columns are begun here, and their editors named."""

    list_display = ("name", "name_zh", "board", "weekday")
    list_select_related = ("board",)
    ordering = ("name", "pk")
    autocomplete_fields = ("editors",)
    raw_id_fields = ("tag",)


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """Pinning and moving; words are hidden and shown on the topic's own page."""

    list_display = ("title", "board", "author", "is_pinned", "is_locked", "last_post_at")
    list_filter = ("board", "kind", "is_pinned", "is_locked")
    list_select_related = ("board", "author")
    search_fields = ("title",)
    ordering = ("-last_post_at", "-pk")
    fields = ("title", "board", "is_pinned", "is_locked")
    show_full_result_count = False

    def has_add_permission(self, request: object) -> bool:
        return False
