"""Moderation in the administration: the rules of approval."""

from django.contrib import admin

from community.moderation.models import ApprovalRule


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(admin.ModelAdmin):
    """Which of a member's first posts wait; a board may have rules of its own."""

    list_display = ("rule", "board", "count", "until_level")
    list_editable = ("count", "until_level")
    ordering = ("board", "rule")
