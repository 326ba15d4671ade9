"""What people write in private."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.conversations.models import Message
from community.members.models import Member

COMPOSER = "components/composer.html"


class EditForm(forms.ModelForm):
    """A message's words in the composer, which suggests no names: in private nobody is told."""

    names_nobody = True

    class Meta:
        model = Message
        fields = ("body",)
        labels = {"body": _("Your words")}
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["body"].template_name = COMPOSER  # type: ignore[attr-defined]  # a bound field takes a template of its own


class MessageForm(EditForm):
    """A new message. The key makes a doubled click one message."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class NamesField(forms.CharField):
    """Login names, one after the other, as the members they belong to."""

    def clean(self, value: str) -> list[Member]:
        names = dict.fromkeys(str(super().clean(value)).lower().replace(",", " ").split())
        members = list(Member.objects.filter(username__in=list(names)[:50], is_active=True))
        known = {member.username for member in members}
        if missing := [name for name in names if name not in known]:
            raise forms.ValidationError(
                _("There is no member “%(name)s”."), params={"name": missing[0]}
            )
        return members


class BeginForm(MessageForm):
    others = NamesField(
        label=_("To"),
        max_length=500,
        help_text=_("Login names, at most nine."),
    )
    title = forms.CharField(label=_("About"), max_length=100, required=False)
    field_order = ["others", "title", "body"]


class AddForm(forms.Form):
    others = NamesField(label=_("Login name"), max_length=100)
