"""Proposals in the administration."""

from django.contrib import admin

from feedback.proposals.models import Proposal


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    """For looking something up; answering happens on the proposal's own page."""

    list_display = ("title", "product", "area", "status", "created_at")
    list_filter = ("product", "status")
    list_select_related = ("product",)
    search_fields = ("title",)
    ordering = ("-created_at", "-pk")
    fields = ("product", "title", "area", "device")
    # Its words are changed on its page, together with its topic.
    readonly_fields = ("title",)
