"""The sections of a product's settings that decide whose ballots count, and for how much."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.builds.domain.settings import from_the_next_opening
from community.builds.models import Product
from community.builds.sections import Section, Values
from community.text.joining import sentences
from feedback.fourgrid.domain import installed_base, voting_rules
from feedback.fourgrid.settings_forms import InstalledBaseForm, VotingRulesForm


def _shares(values: Values) -> Mapping[str, str]:
    return {
        family: "–"
        if share is None
        else gettext("%(share)s %%") % {"share": installed_base.percent(share)}
        for family, share in installed_base.shares_of(values).items()
    }


def _rules(values: Values) -> Mapping[str, str]:
    return {
        str(field.label): gettext("yes") if values[name] else gettext("no")
        for name, field in VotingRulesForm.base_fields.items()
    }


def _with_rules_of_their_own(product: Product) -> str:
    return sentences(
        from_the_next_opening(product), gettext("Builds given other rules keep those.")
    )


def _with_shares_of_their_own(product: Product) -> str:
    return sentences(
        from_the_next_opening(product), gettext("Builds given their own shares keep those.")
    )


INSTALLED_BASE = Section(
    name=installed_base.SECTION,
    place=1,
    label=_("Installed base"),
    about=_(
        "What part of all devices each family is. Voters are not like all users: the award weighs "
        "what each family says by its share. Without shares everybody is one."
    ),
    read=installed_base.read,
    write=installed_base.write,
    form=InstalledBaseForm,
    lines=_shares,
    in_force=_with_shares_of_their_own,
)
ELIGIBILITY = Section(
    name=voting_rules.SECTION,
    place=2,
    label=_("Eligibility"),
    about=_(
        "Whose ballots count. A verified address and good standing are needed everywhere, and "
        "young accounts weigh less."
    ),
    read=voting_rules.read,
    write=voting_rules.write,
    form=VotingRulesForm,
    lines=_rules,
    in_force=_with_rules_of_their_own,
)
