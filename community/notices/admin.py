"""Notices in the administration: what may be told where, and how many mails a day."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from community.notices.kinds import kinds
from community.notices.models import Ceiling, KindRule


class KindRuleForm(forms.ModelForm):
    kind = forms.ChoiceField(choices=lambda: [(kind.name, kind.label) for kind in kinds().values()])

    class Meta:
        model = KindRule
        fields = ("kind", "channel", "is_allowed", "is_default")


@admin.register(KindRule)
class KindRuleAdmin(admin.ModelAdmin):
    """Without a rule what the room of a kind proposes holds."""

    form = KindRuleForm
    list_display = ("kind", "channel", "is_allowed", "is_default")
    list_filter = ("channel",)
    ordering = ("kind", "channel")


@admin.register(Ceiling)
class CeilingAdmin(admin.ModelAdmin):
    fields = ("mails_a_day",)
    ordering = ("pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one."""
        return super().has_add_permission(request) and not Ceiling.objects.exists()

    def save_model(
        self,
        request: HttpRequest,
        obj: Ceiling,
        form: "forms.ModelForm[Ceiling]",
        change: bool,
    ) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
