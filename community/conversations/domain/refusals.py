"""Why the room refuses something."""

from community.members.models import Member


class Refused(Exception):
    """Something was not done; `code` says what for programs."""

    code = "refused"


class NotWelcome(Refused):
    """A member does not want to be written to by this one, or one of them blocks the other."""

    code = "not_welcome"

    def __init__(self, member: Member) -> None:
        super().__init__(str(member))
        self.member = member


class TooMany(Refused):
    """More members than a conversation holds, or none but oneself."""

    code = "too_many_members"


class TooManyNew(Refused):
    """As many conversations were begun today as one's level may."""

    code = "too_many_new"


class TooFast(Refused):
    """More messages within a minute than people write."""

    code = "too_fast"


class NobodyLeft(Refused):
    """Everybody else has left the conversation."""

    code = "nobody_left"


class TooLate(Refused):
    """A message can be changed for a minute, by who wrote it."""

    code = "too_late"
