"""What one fills in to show one's face."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PortraitForm(forms.Form):
    photograph = forms.FileField(
        label=_("A picture of you"),
        help_text=_("JPEG, PNG, GIF, WebP or AVIF, at most 8 MB."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
