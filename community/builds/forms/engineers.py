"""Claims, merges and names of engineers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.builds.models import Engineer
from community.builds.models.engineer import LONGEST_NAME


class ClaimForm(forms.Form):
    """“That is me”: what a manager can check."""

    evidence = forms.CharField(
        label=_("How can a manager see that it is you?"),
        help_text=_("Your commits, your handle elsewhere, whom to ask. Only managers read this."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ThankForm(forms.Form):
    """Thanks for a build, by its address."""

    build = forms.CharField(max_length=120)


class NameForm(forms.Form):
    """The name shown on the engineer's page."""

    name = forms.CharField(label=_("Name shown"), max_length=LONGEST_NAME)


class MergeForm(forms.Form):
    """Two engineers who are one person, by their addresses; ``engineers`` may be merged."""

    def __init__(self, *args: Any, engineers: QuerySet[Engineer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"engineer": _("This name"), "into": _("is the same person as")}
        for name, label in labels.items():
            self.fields[name] = forms.ModelChoiceField(
                engineers.filter(merged_into=None),
                to_field_name="slug",
                label=label,
                help_text=_("Begin to type, and choose from the list."),
                widget=forms.TextInput(attrs={"list": "engineers", "autocomplete": "off"}),
                error_messages={
                    "invalid_choice": _("There is no such engineer. Choose one from the list.")
                },
            )
