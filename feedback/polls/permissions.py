"""Who may make polls, vote in them and see what came of them."""

from datetime import datetime

from community.builds.permissions import can_open_studio
from community.forum.models import Topic
from community.forum.permissions import may_read, moderates
from community.members.models import Member
from community.members.permissions import User, is_member, may_take_part, may_write
from feedback.polls import voters
from feedback.polls.models import Poll


def may_read_poll(user: User, poll: Poll) -> bool:
    """Whoever reads its topic; a hidden one moderators alone."""
    if not may_read(user, poll.topic):
        return False
    return poll.hidden_at is None or moderates(user, poll.topic.board)


def may_make(user: User, topic: Topic, at: datetime) -> bool:
    """Who opened the topic, moderators of its board, managers of products."""
    if not is_member(user) or not topic.is_visible or topic.merged_into_id:
        return False
    if not may_read(user, topic) or not may_write(user, at):
        return False
    return topic.author_id == user.pk or moderates(user, topic.board) or can_open_studio(user)


def may_manage(user: User, poll: Poll) -> bool:
    """Add to it, end it, withdraw it: who made it, moderators of the board."""
    if not is_member(user) or not may_read_poll(user, poll):
        return False
    return poll.made_by_id == user.pk or moderates(user, poll.topic.board)


def may_hide(user: User, poll: Poll) -> bool:
    """Also when somebody has voted, and to remove it: moderators, as with any words."""
    return may_read_poll(user, poll) and moderates(user, poll.topic.board)


def is_eligible(user: User, poll: Poll) -> bool:
    """Whether the poll asks this member."""
    if not isinstance(user, Member):
        return False
    match poll.eligibility:
        case Poll.Eligibility.LEVEL:
            return user.level >= poll.level
        case Poll.Eligibility.GROUP:
            return user.groups.filter(pk=poll.group_id).exists()
        case Poll.Eligibility.VOTED:
            return poll.build_id in voters.voted_in(user, [poll.build_id or 0])
    return True


def may_vote(user: User, poll: Poll, at: datetime) -> bool:
    """Whom the poll asks, in good standing; who is silenced votes too."""
    if not poll.is_open(at) or poll.hidden_at or not may_read_poll(user, poll):
        return False
    return is_eligible(user, poll) and may_take_part(user, at)


def may_see_results(poll: Poll, at: datetime, *, has_voted: bool) -> bool:
    """By the poll's own rule, for everybody alike: its maker and staff too."""
    if poll.opens_at > at:
        return False
    if poll.results == Poll.Results.ALWAYS or poll.is_over(at):
        return True
    return poll.results == Poll.Results.AFTER_VOTE and has_voted


def may_see_voters(poll: Poll, at: datetime, *, has_voted: bool) -> bool:
    """Who chose what: where the poll said so before anybody voted, to who may see results."""
    return not poll.is_secret and may_see_results(poll, at, has_voted=has_voted)
