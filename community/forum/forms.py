"""What people write into the forum."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forum.models import TITLE_LENGTH, Post
from community.text.width import columns

MIN_TITLE_COLUMNS = 4


class PostForm(forms.ModelForm):  # type: ignore[type-arg]
    """A post's words. The key makes a doubled click one post."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    class Meta:
        model = Post
        fields = ("body",)
        labels = {"body": _("Your words")}
        help_texts = {"body": _("Markdown works: **bold**, lists, links, > quotes.")}
        widgets = {"body": forms.Textarea(attrs={"rows": 6})}


class TopicForm(PostForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    field_order = ["title", "body"]

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        if columns(title) < MIN_TITLE_COLUMNS:
            raise forms.ValidationError(_("A little longer, so that people know what it is about."))
        return title


class EditForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Post
        fields = ("body",)
        labels = {"body": _("Your words")}
        widgets = {"body": forms.Textarea(attrs={"rows": 10})}
