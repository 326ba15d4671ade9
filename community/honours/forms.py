"""What is typed about medals: why one asks for it, why it is taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.honours.models import MedalApplication, MedalGrant


class ApplicationForm(forms.ModelForm):
    class Meta:
        model = MedalApplication
        fields = ("words",)
        widgets = {"words": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"words": _("What you did, with links. Staff alone read it.")}


class TakeBackForm(forms.ModelForm):
    end_reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("The member reads it; it stays in the log.")
    )

    class Meta:
        model = MedalGrant
        fields = ("end_reason",)
