"""A wish written down or said better."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.builds.models import Product
from community.forum.forms.posts import WordsForm
from community.forum.models import Draft, PostTemplate
from community.forum.queries.writing import devices_of, draft_at
from community.members.permissions import User
from community.text.width import columns
from feedback.proposals.domain.writing import DRAFT
from feedback.proposals.models import Proposal
from feedback.proposals.queries.lists import areas, device_families

MIN_TITLE_COLUMNS = 4


class ProposalForm(WordsForm):
    """What is wished for, where, on which device, and why; pictures go into the words."""

    rows = 8
    title = forms.CharField(
        label=_("What do you wish for?"),
        max_length=120,
        help_text=_("In one line; it stands on the ballot like this."),
        widget=forms.TextInput(attrs={"data-finds-similar": ""}),
    )
    area = forms.CharField(
        label=_("Area"),
        max_length=60,
        required=False,
        help_text=_("Camera, Phone, Battery …"),
        widget=forms.TextInput(attrs={"list": "areas"}),
    )
    device = forms.CharField(
        label=_("Device"),
        max_length=40,
        required=False,
        help_text=_("Only if it is about one device."),
        widget=forms.TextInput(attrs={"list": "devices"}),
    )
    field_order = ["title", "area", "device", "body"]

    class Meta(WordsForm.Meta):
        labels = {"body": _("Why, and how should it work?")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The title alone says enough of some wishes.
        self.fields["body"].required = False

    @property
    def areas(self) -> list[str]:
        return areas()

    @property
    def devices(self) -> list[str]:
        return device_families()

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        if columns(title) < MIN_TITLE_COLUMNS:
            raise forms.ValidationError(_("A little longer, so that people know what it is about."))
        return title


class NewProposalForm(ProposalForm):
    """Also asks for which product; begun as a draft, or with the questions of the board."""

    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.none())
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    field_order = ["product", "title", "area", "device", "body"]

    def __init__(self, data: Any = None, *, user: User, said: dict[str, str], origin: str) -> None:
        draft = draft_at(user, DRAFT)
        products = Product.objects.order_by("name", "pk")
        first = products.first()
        begun = {"product": first.pk if first else None, "body": _questions()} | said
        super().__init__(
            data, user=user, initial=begun | _kept(draft), place=DRAFT, draft=draft, origin=origin
        )
        self.own_devices = devices_of(user)
        self.fields["product"].queryset = products  # type: ignore[attr-defined]  # fields are kept without their kinds
        self.is_of_one = products.count() == 1
        if self.is_of_one:
            self.fields["product"].widget = self.fields["product"].hidden_widget()

    @property
    def devices(self) -> list[str]:
        """One's own devices first."""
        return list(dict.fromkeys([*self.own_devices, *device_families()]))


def words_of(proposal: Proposal) -> dict[str, str]:
    """What the form of a proposal begins with; `words` comes with its story."""
    return {
        "title": proposal.title,
        "area": proposal.area,
        "device": proposal.device,
        "body": proposal.words,  # type: ignore[attr-defined]  # set by the query
    }


def _kept(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {}
    fields = {name: str(draft.fields[name]) for name in ("area", "device") if name in draft.fields}
    return fields | {"title": draft.title, "body": draft.body}


def _questions() -> str:
    """What the board of wishes asks of a new topic."""
    found = PostTemplate.objects.filter(board__stage="ideas").order_by("board__position", "pk")
    template = found.first()
    return str(template) if template else ""
