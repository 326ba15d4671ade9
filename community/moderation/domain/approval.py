"""Rules of approval: which of a member's first posts wait for a moderator."""

from collections.abc import Callable

from community.members.models import Member
from community.moderation.models import ApprovalRule

# Every site begins with these; admins change them. How many of the first wait.
FIRST_RULES = {
    ApprovalRule.Rule.FIRST_POSTS: 0,
    ApprovalRule.Rule.FIRST_LINKS: 1,
    ApprovalRule.Rule.FIRST_PICTURES: 1,
}
# How many of this sort a member has published, as far as the given number.
Published = Callable[[str, int], int]


def ensure_rules() -> None:
    """Create the rules that are missing; what was changed since stays as it is."""
    rows = [ApprovalRule(rule=rule, count=count) for rule, count in FIRST_RULES.items()]
    ApprovalRule.objects.bulk_create(rows, ignore_conflicts=True)


def reasons_to_wait(
    *, member: Member, board: str, sorts: set[str], published: Published
) -> list[str]:
    """The rules by which a post of these sorts waits; none for staff and known members.

    A board's own rule stands in for the one of every board.
    """
    if member.is_staff or member.is_superuser:
        return []
    found = ApprovalRule.objects.filter(board__in={"", board}, rule__in=sorts).order_by("board")
    rules = {rule.rule: rule for rule in found}
    return [
        rule.rule
        for rule in rules.values()
        if rule.count and member.level < rule.until_level
        if published(rule.rule, rule.count) < rule.count
    ]
