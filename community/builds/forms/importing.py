"""Release notes to import: pasted or uploaded, then looked at, then saved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.builds import queries
from community.builds.domain.importing.guard import MOST_BYTES, decode
from community.builds.domain.importing.notes import BrokenNotes, Name, Notes
from community.builds.domain.importing.parse import parse
from community.builds.models import Product
from community.members.permissions import User


class ImportForm(forms.Form):
    """The notes; valid when every line could be read. ``notes()`` is the reading."""

    product = forms.ModelChoiceField(Product.objects.none(), label=_("Product"), empty_label=None)
    text = forms.CharField(
        label=_("Release notes"),
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_("Markdown, plain text, reStructuredText, or what a code host generates."),
    )
    file = forms.FileField(label=_("or a file"), required=False)
    version = forms.CharField(
        label=_("Version"),
        required=False,
        max_length=60,
        help_text=_("Needed only when the notes do not say it."),
    )
    # Which version of the notes, by the line it begins on; empty until one is chosen.
    section = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: Notes | None = None
        self.broken: BrokenNotes | None = None
        products = self.fields["product"]
        assert isinstance(products, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        products.queryset = queries.products_of(user)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            if file := cleaned.get("file"):
                cleaned["text"] = decode(file.read(MOST_BYTES + 1))
            self.notes = parse(cleaned.get("text") or "")
        except BrokenNotes as broken:
            self.broken = broken
            self.add_error("file" if cleaned.get("file") else "text", str(broken))
        return cleaned


def same_people(values: list[str]) -> list[tuple[Name, Name]]:
    """The pairs of spellings ticked as one person, as ``pair_value`` wrote them."""
    pairs = (tuple(map(_name, value.split("\n"))) for value in values if value.count("\n") == 1)
    return [(pair[0], pair[1]) for pair in pairs]


def pair_value(kept: Name, other: Name) -> str:
    """Two spellings as the value of a checkbox."""
    return f"{kept}\n{other}"


def _name(text: str) -> Name:
    return Name("handle", text[1:]) if text.startswith("@") else Name("person", text)
