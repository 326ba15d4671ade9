"""What managers fill in for a proposal."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build, Feature, Product
from feedback.proposals.models import Proposal
from feedback.proposals.queries import FEATURES_TO_CHOOSE, builds_to_plan, features_to_ship


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ("title", "area", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "title": _("What is wished for, in one line; it stands on the ballot like this."),
            "area": _("Camera, Phone, Battery …"),
            "body": _("Why, and how it should work. Markdown works."),
        }


class NewProposalForm(ProposalForm):
    """Also asks for which product, out of those the manager looks after."""

    field_order = ["product", "title", "area", "body"]

    class Meta(ProposalForm.Meta):
        fields = ("product", *ProposalForm.Meta.fields)
        labels = {"product": _("Product")}

    def __init__(self, *args: Any, products: list[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(
            self.fields["product"],
            Product.objects.filter(pk__in=[product.pk for product in products]),
        )
        self.initial.setdefault("product", products[0])


class FeatureChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Feature) -> str:
        return f"{obj.build} · {obj}"


class AnswerForm(forms.Form):
    """The status everybody sees, and what belongs to it."""

    status = forms.ChoiceField(label=_("Status"), choices=Proposal.Status.choices)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("Needed when you defer or decline. Everybody reads it."),
    )
    accepted_for = forms.ModelChoiceField(
        label=_("For which build"), queryset=Build.objects.none(), required=False
    )
    shipped_as = FeatureChoice(
        label=_("Shipped as"), queryset=Feature.objects.none(), required=False
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        now = {name: getattr(proposal, name) for name in ("status", "accepted_for", "shipped_as")}
        kwargs["initial"] = now | {"reason": proposal.status_reason}
        super().__init__(*args, **kwargs)
        features = features_to_ship(proposal.product)
        newest = features.values("pk")[:FEATURES_TO_CHOOSE]
        _choose(self.fields["accepted_for"], builds_to_plan(proposal.product))
        _choose(self.fields["shipped_as"], features.filter(pk__in=newest))


def _choose(field: forms.Field, rows: QuerySet[Any]) -> None:
    field.queryset = rows  # type: ignore[attr-defined]
