"""The rows every migration leaves behind: tests that empty the tables put them back."""

from community.forum.apps import add_first_boards
from community.honours.apps import add_first_rules as add_experience_rules
from community.moderation.apps import add_first_rules as add_approval_rules


def add_first_rows() -> None:
    """Boards, and the rules of experience and approval."""
    for add in (add_first_boards, add_experience_rules, add_approval_rules):
        add()
