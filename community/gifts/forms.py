"""What one fills in to give, and to thank."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.builds.models import Engineer, Product
from community.gifts import queries
from community.gifts.models import THANKS_LENGTH, WORDS_LENGTH


class GiveForm(forms.Form):
    receiver = forms.ChoiceField(label=_("For whom"))
    photograph = forms.FileField(
        label=_("Photograph"),
        help_text=_("JPEG, PNG, GIF, WebP or AVIF, at most 8 MB. Where it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    words = forms.CharField(
        label=_("A few words"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it is, and what it is for."),
    )
    # Known again when the form is sent twice.
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams, engineers = queries.receivers()
        self._receivers: dict[str, Engineer | Product] = {
            **{f"team:{team.slug}": team for team in teams},
            **{f"engineer:{engineer.slug}": engineer for engineer in engineers},
        }
        self.fields["receiver"].choices = [  # type: ignore[attr-defined]  # fields are kept without their kinds
            ("", "–"),
            (_("Teams"), [(f"team:{team.slug}", str(team)) for team in teams]),
            (_("Engineers"), [(f"engineer:{each.slug}", str(each)) for each in engineers]),
        ]

    def clean(self) -> dict[str, Any]:
        """`engineer` or `product` in the place of `receiver`."""
        cleaned: dict[str, Any] = super().clean() or {}
        receiver = self._receivers.get(cleaned.pop("receiver", ""))
        key = "engineer" if isinstance(receiver, Engineer) else "product"
        return cleaned | {key: receiver}


class ThankForm(forms.Form):
    words = forms.CharField(
        label=_("Your thanks"), max_length=THANKS_LENGTH, required=False, strip=True
    )
