"""What a member says about a bookmark."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forum.models import Bookmark

TYPED = "%Y-%m-%dT%H:%M"


class BookmarkForm(forms.ModelForm):
    remind_at = forms.DateTimeField(
        label=_("Remind me"),
        required=False,
        input_formats=[TYPED],
        widget=forms.DateTimeInput(format=TYPED, attrs={"type": "datetime-local"}),
        help_text=_("In your time zone. Leave it empty to be left alone."),
    )

    class Meta:
        model = Bookmark
        fields = ("note", "remind_at")

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["note"].help_text = _("Why you keep it. Nobody else sees it.")

    def clean_remind_at(self) -> datetime | None:
        remind_at: datetime | None = self.cleaned_data["remind_at"]
        if remind_at and remind_at <= self.at:
            raise forms.ValidationError(_("That moment has passed."))
        return remind_at
