"""What of a member one reader may see: for the page and for programs alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.members import panels, permissions, queries
from community.members.models import Device, Member
from community.members.permissions import User


@dataclass(frozen=True, kw_only=True)
class ShownMember:
    """A member as one reader may see them; what they do not show is empty."""

    member: Member
    region: str
    devices: Sequence[Device]
    # What was counted, and how many: ("posts", 12).
    figures: Sequence[tuple[str, int]]
    shows_activity: bool
    is_own: bool
    # The reader's own: follows, ignores, blocks, or "".
    stance: str


def shown_to(user: User, member: Member) -> ShownMember:
    """As the member's privacy has it for this reader."""
    circle = permissions.audiences(user, member)
    shows_activity = member.activity_seen_by in circle
    is_own = permissions.may_edit_profile(user, member)
    return ShownMember(
        member=member,
        region=member.region if member.region_seen_by in circle else "",
        devices=list(queries.devices_of(member)) if member.devices_seen_by in circle else [],
        figures=panels.profile_figures(member) if shows_activity else [],
        shows_activity=shows_activity,
        is_own=is_own,
        stance="" if is_own else queries.stance(user, member),
    )
