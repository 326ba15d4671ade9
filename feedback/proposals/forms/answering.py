"""What managers say of wishes: a status, a reason, a build."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build, Feature
from feedback.proposals.models import Proposal
from feedback.proposals.queries.lists import FEATURES_TO_CHOOSE, builds_to_plan, features_to_ship

Status = Proposal.Status
# Merging has a form of its own, and what ships with a build does so by itself.
ANSWERS = [choice for choice in Status.choices if choice[0] != Status.MERGED]
DECISIONS = [(status.value, status.label) for status in (
    *(Status.ACCEPTED, Status.DEFERRED, Status.DECLINED, Status.UNDER_REVIEW),
)]  # fmt: skip


class FeatureChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Feature) -> str:
        return f"{obj.build} · {obj}"


class AnswerForm(forms.Form):
    """The status everybody sees, and what belongs to it."""

    status = forms.ChoiceField(label=_("Status"), choices=ANSWERS)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("Needed when you defer or decline. Everybody reads it."),
    )
    accepted_for = forms.ModelChoiceField(
        label=_("For which build"), queryset=Build.objects.none(), required=False
    )
    built_as = FeatureChoice(
        label=_("Built as"),
        queryset=Feature.objects.none(),
        required=False,
        help_text=_("It ships by itself when the build of this change goes out."),
    )
    shipped_as = FeatureChoice(
        label=_("Shipped as"), queryset=Feature.objects.none(), required=False
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        kept = ("status", "accepted_for", "built_as", "shipped_as")
        now = {name: getattr(proposal, name) for name in kept}
        kwargs["initial"] = now | {"reason": proposal.status_reason}
        super().__init__(*args, **kwargs)
        may_follow = {proposal.status, *Proposal.MOVES[proposal.status]}
        status = self.fields["status"]
        status.choices = [pair for pair in ANSWERS if pair[0] in may_follow]  # type: ignore[attr-defined]  # fields are kept without their kinds
        features = features_to_ship(proposal.product)
        newest = features.values("pk")[:FEATURES_TO_CHOOSE]
        coming = features.filter(pk__in=newest, build__published_at=None)
        _choose(self.fields["accepted_for"], builds_to_plan(proposal.product))
        _choose(self.fields["built_as"], coming)
        _choose(self.fields["shipped_as"], features.filter(pk__in=newest))


class DecideForm(forms.Form):
    """The same answer for all wishes that were chosen."""

    wish = forms.ModelMultipleChoiceField(queryset=Proposal.objects.none())
    status = forms.ChoiceField(label=_("Answer"), choices=DECISIONS)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("Needed when you defer or decline. Everybody reads it."),
    )

    def __init__(self, *args: Any, build: Build, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wish"].error_messages["required"] = _("Choose one wish at least.")
        _choose(self.fields["wish"], Proposal.objects.filter(product=build.product_id))


class MergeForm(forms.Form):
    """With which other wish it becomes one."""

    into = forms.ModelChoiceField(
        label=_("Becomes one with"),
        queryset=Proposal.objects.none(),
        help_text=_("Its votes count there, each voter once. You can take this back."),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = (Status.MERGED, Status.DECLINED)
        others = Proposal.objects.visible().filter(product=proposal.product_id)
        open_ones = others.exclude(pk=proposal.pk).exclude(status__in=gone)
        _choose(self.fields["into"], open_ones.order_by("-vote_count", "title", "pk"))


def _choose(field: forms.Field, rows: QuerySet[Any]) -> None:
    field.queryset = rows  # type: ignore[attr-defined]  # fields are kept without their kinds
