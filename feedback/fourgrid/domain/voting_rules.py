"""Who may vote on a product's builds: the two rules a product may set (product.md §5)."""

from copy import copy
from dataclasses import dataclass

from community.builds.models import Build, Product
from community.builds.sections import Values
from community.members.models import Member
from feedback.fourgrid import queries
from feedback.fourgrid.models import Ballot

SECTION = "eligibility"
RULES = ("requires_verified_install", "requires_older_account")
State = Build.State


def read(product: Product) -> Values:
    """The rules of a product as they stand."""
    return {rule: getattr(product, rule) for rule in RULES}


def write(product: Product, values: Values) -> None:
    """Set them, also for builds that are not out and have no other rules than the product had."""
    had = read(product)
    Product.objects.filter(pk=product.pk).update(**values)
    waiting = Build.objects.filter(product=product, state__in=[State.DRAFT, State.SCHEDULED])
    waiting.filter(**had).update(**values)


@dataclass(frozen=True)
class Turnout:
    """Who could have voted on a closed build, and whose ballots count."""

    eligible: int
    ballots: int


def turnout(build: Build, values: Values) -> Turnout:
    """The turnout of a closed build if it had had these rules; staff are left out, as ever.

    A ballot counts when its voter met the rules by the close.
    """
    assert build.closed_at is not None  # noqa: S101 - build_closed_has_moment
    ruled = copy(build)
    for rule, value in values.items():
        setattr(ruled, rule, value)
    able = queries.meeting_rules(Member.objects.all(), ruled, build.closed_at)
    ballots = Ballot.objects.filter(build=build).counted()
    if any(values.values()):
        ballots = ballots.filter(member__in=able)
    eligible = queries.eligible_members(ruled, build.closed_at).count()
    return Turnout(eligible=eligible, ballots=ballots.count())
