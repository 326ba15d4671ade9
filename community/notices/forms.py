"""When a member wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.notices.models import Rhythm


class RhythmForm(forms.ModelForm):
    digest_hour = forms.TypedChoiceField(
        label=_("at what hour"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )

    class Meta:
        model = Rhythm
        fields = ("wants_mail", "quiet_from", "quiet_until", "digest", "digest_hour")
        widgets = {
            "quiet_from": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "quiet_until": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }
        help_texts = {
            "wants_mail": _("Without it neither single mails nor digests are sent."),
            "quiet_from": _("No mail and no push until the hour below; they come afterwards."),
            "digest": _("One mail with what you have not read and got no mail about."),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        quiet = data.get("quiet_from"), data.get("quiet_until")
        if (quiet[0] is None) != (quiet[1] is None):
            self.add_error("quiet_until", _("Say both when it begins and when it ends."))
        elif quiet[0] is not None and quiet[0] == quiet[1]:
            self.add_error("quiet_until", _("It has to end some time."))
        return data
