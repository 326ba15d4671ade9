"""A new topic: its kind, its title, what it is about, its first words."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.forum import known
from community.forum.domain.tagging import MOST_TAGS, BadTag, clean_tags
from community.forum.forms.posts import WordsForm
from community.forum.models import TITLE_LENGTH, Board, Draft, Kind, PostTemplate
from community.forum.queries.writing import devices_of, draft_at, tags_used_most
from community.members.permissions import User
from community.text.width import columns

MIN_TITLE_COLUMNS = 4
# These are about something one runs somewhere.
WITH_BUILD = frozenset({Kind.BUG, Kind.QUESTION, Kind.EXPERIENCE})


def clean_title(title: str) -> str:
    """A title as it is kept; raises ValidationError."""
    title = " ".join(title.split())
    if columns(title) < MIN_TITLE_COLUMNS:
        raise forms.ValidationError(_("A little longer, so that people know what it is about."))
    return title


def checked_tags(names: Iterable[str]) -> list[str]:
    """Tags as they are kept; raises ValidationError."""
    try:
        return clean_tags(names)
    except BadTag as bad:
        raise forms.ValidationError(
            _("“%(name)s” is no tag: letters and digits, at most 20 columns.") % {"name": bad.name}
        ) from bad


class TopicForm(WordsForm):
    """A topic of one kind; the first time it is shown it begins with the board's template."""

    rows = 10
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput, required=False)
    device = forms.CharField(
        label=_("Device"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "devices", "data-fills": "device"}),
    )
    build = forms.ChoiceField(
        label=_("Build"), required=False, widget=forms.Select(attrs={"data-fills": "build"})
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=200,
        required=False,
        help_text=format_lazy(
            _("Up to {n}, with commas between them. One character is enough."), n=MOST_TAGS
        ),
        widget=forms.TextInput(attrs={"list": "tags"}),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    field_order = ["title", "device", "build", "body", "tags"]

    def __init__(
        self, data: Any = None, *, board: Board, user: User, kind: str = "", origin: str = ""
    ) -> None:
        place = f"new:{board.slug}"
        draft = draft_at(user, place)
        self.board = board
        self.chosen = self._chosen(data, kind, draft)
        self.builds = known.builds() if self.chosen in WITH_BUILD else []
        self.devices = devices_of(user) if self.chosen in WITH_BUILD else []
        super().__init__(
            data,
            user=user,
            initial=self._initial(draft),
            place=place,
            draft=draft,
            origin=origin,
        )
        self._fit_to_kind()

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What may be opened here, with its name."""
        return [(kind, str(Kind(kind).label)) for kind in self.board.kinds]

    @property
    def known_tags(self) -> list[str]:
        """What is offered while one types: words of other rooms, and what is used most."""
        words = [word for _sort, word in known.tag_words()]
        return list(dict.fromkeys([*words, *tags_used_most()]))

    def clean_kind(self) -> str:
        return self.chosen

    def clean_title(self) -> str:
        return clean_title(str(self.cleaned_data["title"]))

    def clean_tags(self) -> list[str]:
        words = re.split(r"[,，、;；\n]+", str(self.cleaned_data["tags"]))
        return checked_tags(word for word in words if word.strip())

    def _chosen(self, data: Any, kind: str, draft: Draft | None) -> str:
        asked = (data.get("kind") if data is not None else kind) or (draft.kind if draft else "")
        return asked if asked in self.board.kinds else self.board.kinds[0]

    def _initial(self, draft: Draft | None) -> dict[str, Any]:
        device = self.devices[0] if self.devices else ""
        build = self.builds[0].key if self.builds else ""
        begun = {"kind": self.chosen, "device": device, "build": build}
        if draft:
            kept = {name: str(value) for name, value in draft.fields.items() if name != "kind"}
            return begun | kept | {"title": draft.title, "body": draft.body}
        return begun | {"body": self._template(device, build)}

    def _template(self, device: str, build: str) -> str:
        self.template = ""
        found = PostTemplate.objects.filter(board=self.board, kind=self.chosen).first()
        if found:
            self.template = str(found)
        title = next((known_.title for known_ in self.builds if known_.key == build), build)
        # What is not known yet is left to be filled in.
        return self.template.replace("{device}", device or "…").replace("{build}", title or "…")

    def _fit_to_kind(self) -> None:
        if self.chosen not in WITH_BUILD:
            del self.fields["device"], self.fields["build"]
            return
        choices = [("", _("I do not know")), *((build.key, build.title) for build in self.builds)]
        self.fields["build"].choices = choices  # type: ignore[attr-defined]  # fields are kept without their kinds
        if template := getattr(self, "template", ""):
            self.fields["body"].widget.attrs["data-template"] = template
