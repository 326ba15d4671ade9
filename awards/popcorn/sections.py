"""The award's section of a product's settings."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.popcorn.domain import knobs
from awards.popcorn.forms import KnobsForm
from community.builds.domain.settings import from_the_next_opening
from community.builds.sections import Section, Values
from community.text.numbers import percent


def lines(values: Values) -> Mapping[str, str]:
    """Each knob with what it says."""
    labels = {name: str(field.label) for name, field in KnobsForm.base_fields.items()}
    said = {labels[name]: _said(name, values[name]) for name in (*knobs.WHOLE, *knobs.PLACES)}
    points = reversed(list(zip(KnobsForm.JOY, values[knobs.JOY], strict=True)))
    joy = " · ".join(str(worth) for _name, worth in points)
    return said | {gettext("Joy, from “loved most” to “let down most”"): joy}


def _said(name: str, value: str | int) -> str:
    """Shares in percent, with a decimal where there is one."""
    if name not in KnobsForm.PERCENT:
        return str(value)
    share = Decimal(value)
    return percent(share, digits=int(share * 100 % 1 != 0))


AWARD = Section(
    name=knobs.SECTION,
    place=3,
    label=_("Award"),
    about=_(
        "What verdicts are worth and how many are needed. Weights of voters and the discount for "
        "coordination are the same on the whole site."
    ),
    read=knobs.read,
    write=knobs.write,
    form=KnobsForm,
    lines=lines,
    in_force=from_the_next_opening,
)
