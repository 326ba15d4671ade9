"""Why something is not done with a wish or a vote, in a sentence a person can act on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class WishRefused(Exception):
    """Nothing was changed; ``str()`` says why in the reader's language, ``code`` to a program."""

    code = "refused"
    says: str | Promise = ""

    def __str__(self) -> str:
        return str(self.says)


class ReasonMissing(WishRefused):
    """Who defers or declines a wish says why."""

    code = "reason_missing"
    says = _("Say why, when you defer or decline.")


class NotOfThisProduct(WishRefused):
    """The build, feature or other proposal belongs to another product."""

    code = "not_of_this_product"
    says = _("That belongs to another product.")


class NoSuchMove(WishRefused):
    """The status does not follow the one the proposal has; somebody may have been quicker."""

    code = "no_such_move"
    says = _("It cannot go there from the status it has now.")


class CannotMerge(WishRefused):
    """These two do not become one, or have done so already."""

    code = "cannot_merge"
    says = _("These two cannot become one.")


class NotMerged(WishRefused):
    """There is no merge to take back."""

    code = "not_merged"
    says = _("It is not merged.")


class RoundNotOpen(WishRefused):
    """The round has not opened yet, or is not held at all."""

    code = "round_not_open"
    says = _("This wish round is not open.")


class RoundClosed(WishRefused):
    """The round has closed: its votes stand."""

    code = "round_closed"
    says = _("This wish round has closed; its votes stand.")


class NotVotable(WishRefused):
    """The proposal has its answer, or is out of sight."""

    code = "not_votable"
    says = _("This wish takes no votes now.")


class BudgetSpent(WishRefused):
    """The member has no vote left in this round."""

    code = "budget_spent"
    says = _("You have no votes left in this round. Take one back from another wish first.")


class TooManyOnOne(WishRefused):
    """More votes on one proposal than a member may put there."""

    code = "too_many_on_one"
    says = _("At most three votes on one wish.")
