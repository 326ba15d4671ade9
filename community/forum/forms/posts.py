"""A post's words: written, quoted, changed."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from community.forum import known
from community.forum.models import Draft, Post, Topic
from community.forum.queries.writing import draft_at
from community.members.permissions import User
from community.text.stencils import Slot, Stencils
from community.text.width import columns

MOST_COLUMNS = 20_000
COMPOSER = "components/composer.html"


def clean_words(body: str, origin: str = "") -> str:
    """Words as they are kept; `origin` is the site's own address. Raises ValidationError.

    What points to the site itself is kept without its address, so that it is known for a build or
    a member, and stays true when the site moves.
    """
    body = body.replace("\r\n", "\n")
    if columns(body) > MOST_COLUMNS:
        raise forms.ValidationError(
            _("At most %(n)d columns; a Chinese character takes two.") % {"n": MOST_COLUMNS}
        )
    return body.replace(f"{origin}/", "/") if origin else body


class WordsForm(forms.ModelForm):
    """Words in the composer, begun as a draft at a place of the site. For `origin` see
    clean_words."""

    rows = 6
    # Whether a draft may be kept that the form does not know of.
    is_draft_elsewhere = False

    class Meta:
        model = Post
        fields = ("body",)
        labels = {"body": _("Your words")}

    def __init__(
        self,
        *args: Any,
        user: User | None = None,
        place: str = "",
        draft: Draft | None = None,
        origin: str = "",
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.place, self.draft, self.origin = place, draft, origin
        # Two members at one browser have drafts of their own.
        self.member_id: int | str | None = user.pk if user else None
        body = self.fields["body"]
        body.template_name = COMPOSER  # type: ignore[attr-defined]  # a bound field takes a template of its own
        body.widget = forms.Textarea(attrs={"rows": self.rows, "data-most-columns": MOST_COLUMNS})

    def clean_body(self) -> str:
        return clean_words(str(self.cleaned_data["body"]), self.origin)


class PostForm(WordsForm):
    """A reply. The key makes a doubled click one post."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    answers = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_official = forms.BooleanField(
        label=_("An official reply, in the name of the product"), required=False
    )
    field_order = ["body", "is_official"]

    def __init__(self, *args: Any, may_be_official: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if not may_be_official:
            del self.fields["is_official"]


class EditForm(WordsForm):
    rows = 10


def reply_form(
    user: User, topic: Topic, data: Any = None, *, quoted: str = "", **options: Any
) -> PostForm:
    """A reply on a page of its own: with the draft begun there, and what is quoted below it."""
    place = f"reply:{topic.pk}"
    draft = draft_at(user, place)
    words = "\n\n".join(filter(None, [draft.body.rstrip() if draft else "", quoted]))
    initial = {"body": words, **options.pop("initial", {})}
    may_be_official = known.speaks_officially(user, topic)
    return PostForm(
        data,
        user=user,
        initial=initial,
        place=place,
        draft=draft,
        may_be_official=may_be_official,
        **options,
    )


class ShortReply:
    """The blank form below a topic, which costs its readers next to nothing.

    It is a stencil, and the script fetches a draft when somebody begins to write.
    """

    is_bound = False

    def __init__(self, user: User, topic: Topic) -> None:
        self._user, self._topic = user, topic

    def __str__(self) -> SafeString:
        user = self._user
        is_official = bool(
            user.is_authenticated and user.is_staff and known.speaks_officially(user, self._topic)
        )
        words = {"topic": self._topic.pk, "member": user.pk, "key": uuid4()}
        return _SHORT.fill(is_official, words)


def _short_form(is_official: bool, slots: Mapping[str, Slot]) -> SafeString:  # noqa: FBT001 - the look
    form = PostForm(
        initial={"submission_key": str(slots["key"])},
        place=f"reply:{slots['topic']}",
        may_be_official=is_official,
    )
    form.member_id = str(slots["member"])
    form.is_draft_elsewhere = True
    return form.render()


_SHORT = Stencils(_short_form)
