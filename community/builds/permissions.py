"""Who may do what with builds, features and engineers: one named predicate each."""

from typing import NamedTuple

from community.builds.models import Build, Credit, Engineer, EngineerClaim, Feature, Product
from community.members.models import Member
from community.members.permissions import User, is_admin
from community.members.prepared import Statement

# Every page asks: its frame shows the way to the studio, and to an engineer's inbox.
TIES = Statement(
    "builds_ties",
    "SELECT (SELECT array_agg(product_id) FROM builds_product_managers WHERE member_id = $1)"
    " AS products, EXISTS (SELECT FROM builds_engineer WHERE member_id = $1) AS is_engineer",
)


class Ties(NamedTuple):
    """What a member has to do with builds."""

    products: frozenset[int] = frozenset()
    is_engineer: bool = False


def _ties(user: User) -> Ties:
    """Asked of the database once a request."""
    if not isinstance(user, Member) or not user.is_active:
        return Ties()
    known: Ties | None = getattr(user, "_ties", None)
    if known is None:
        row = TIES.row(user.pk) or {}
        known = Ties(frozenset(row.get("products") or ()), bool(row.get("is_engineer")))
        user._ties = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def managed_product_ids(user: User) -> frozenset[int]:
    """The products a member manages."""
    return _ties(user).products


def is_engineer(user: User) -> bool:
    """Whether the member is an engineer of any build."""
    return _ties(user).is_engineer


def can_manage(user: User, product: Product) -> bool:
    """Managers look after their products: builds, plan, report, award."""
    return is_admin(user) or product.pk in managed_product_ids(user)


def can_open_studio(user: User) -> bool:
    return is_admin(user) or bool(managed_product_ids(user))


def can_publish(user: User, build: Build) -> bool:
    """Also: schedule, hold, release, recall, cancel, extend."""
    return is_admin(user) or build.product_id in managed_product_ids(user)


def can_edit(user: User, build: Build) -> bool:
    """Whether the change list is theirs to write, and still open."""
    return can_publish(user, build) and can_still_change(build)


def can_still_change(build: Build) -> bool:
    is_before = build.state in {Build.State.DRAFT, Build.State.SCHEDULED}
    return is_before and build.frozen_at is None


def can_report_install(build: Build) -> bool:
    return build.published_at is not None


def is_credited(user: User, feature: Feature) -> bool:
    if not isinstance(user, Member):
        return False
    return (
        feature.credits.filter(engineer__member=user).exists()
        or feature.credits.filter(engineer__merged_into__member=user).exists()
    )


def is_engineer_self(user: User, engineer: Engineer) -> bool:
    return isinstance(user, Member) and engineer.member_id == user.pk


def can_see_engineer(user: User, engineer: Engineer) -> bool:
    """A page begins with the first build that goes out, and ends when its engineer hides it."""
    if is_engineer_self(user, engineer) or is_admin(user):
        return True
    return not engineer.is_hidden and (_has_gone_out(engineer) or can_curate(user, engineer))


def _has_gone_out(engineer: Engineer) -> bool:
    return any(
        signed.filter(feature__build__published_at__isnull=False).exists()
        for signed in (engineer.credits, Credit.objects.filter(engineer__merged_into=engineer))
    )


def can_hide_engineer(user: User, engineer: Engineer) -> bool:
    """Opting out is the engineer's own decision; admins help those without an account."""
    return is_engineer_self(user, engineer) or is_admin(user)


def can_claim(user: User, engineer: Engineer) -> bool:
    is_free = engineer.member_id is None and engineer.merged_into_id is None
    return isinstance(user, Member) and user.is_active and is_free and not engineer.is_hidden


def can_thank(user: User, engineer: Engineer) -> bool:
    if not isinstance(user, Member) or not user.is_active:
        return False
    return engineer.member_id != user.pk and not engineer.is_hidden


def can_decide_claim(user: User, claim: EngineerClaim) -> bool:
    return can_curate(user, claim.engineer)


def can_curate(user: User, engineer: Engineer) -> bool:
    """Merge, and decide claims: managers of a product the engineer worked on."""
    if is_admin(user):
        return True
    products = managed_product_ids(user)
    signed = Credit.objects.filter(engineer__in=[engineer.pk, engineer.merged_into_id or 0])
    return bool(products) and signed.filter(feature__build__product__in=products).exists()
