"""What one says about a bug without writing: with what one met it, which build mends it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forum import known
from community.forum.models import MeToo
from community.forum.queries.writing import devices_of
from community.members.permissions import User


class MeTooForm(forms.ModelForm):
    build = forms.ChoiceField(label=_("Build"), required=False)

    class Meta:
        model = MeToo
        fields = ("device", "build")
        widgets = {"device": forms.TextInput(attrs={"list": "devices"})}

    def __init__(self, data: Any = None, *, instance: MeToo | None, user: User) -> None:
        self.devices, builds = devices_of(user), known.builds()
        begun = {
            "device": self.devices[0] if self.devices else "",
            "build": builds[0].key if builds else "",
        }
        super().__init__(data, instance=instance, initial={} if instance else begun)
        self.fields["build"].choices = _choices(  # type: ignore[attr-defined]  # fields are kept without their kinds
            instance.build if instance else "", _("I do not know")
        )


class FixedForm(forms.Form):
    build = forms.ChoiceField(label=_("Fixed in build"), required=False)

    def __init__(self, data: Any = None, *, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        self.fields["build"].choices = _choices(  # type: ignore[attr-defined]  # fields are kept without their kinds
            initial["build"], _("Not fixed")
        )


def _choices(chosen: str, none: Any) -> list[tuple[str, Any]]:
    """The builds there are, and the one chosen long ago."""
    choices: list[tuple[str, Any]] = [("", none)]
    choices += [(build.key, build.title) for build in known.builds()]
    if chosen and chosen not in dict(choices):
        choices.append((chosen, chosen))
    return choices
