"""How urgent a case is: what is wrong, as said by how many, and how often they were right."""

from community.members.models import Member
from community.moderation.models import Case, Report

# Points of one report by a member of level 0 whose reports nobody has settled yet.
POINTS = {
    Report.Reason.ILLEGAL: 5,
    Report.Reason.PRIVATE: 4,
    Report.Reason.ABUSE: 3,
    Report.Reason.SPAM: 2,
    Report.Reason.OTHER: 1,
    Report.Reason.MISPLACED: 1,
}
# What waits for approval keeps a person waiting, and so does an appeal; in hundredths.
BASE = {Case.Cause.REPORTED: 0, Case.Cause.HELD: 200, Case.Cause.APPEAL: 300}
TRACK_RECORD = 50  # as many of the latest reports are looked at

_BORNE_OUT = (Case.Outcome.HIDDEN, Case.Outcome.REFUSED)


def weight(*, reason: str, level: int, right: int, wrong: int) -> int:
    """Hundredths a report adds: points × (1 + level / 5) × 2 (right + 1) / (right + wrong + 2).

    `right` and `wrong` count the reporter's settled reports that were borne out, and that were
    not. The last factor is twice the mean of Laplace's rule of succession: 1 for somebody new,
    near 2 for somebody always right, near 0 for somebody never right.
    """
    standing = (1 + level / 5) * 2 * (right + 1) / (right + wrong + 2)
    return round(100 * POINTS[Report.Reason(reason)] * standing)


def weight_of(*, reporter: Member, reason: str) -> int:
    """What a report of this member adds now, in hundredths."""
    settled = Report.objects.filter(reporter=reporter, case__state=Case.State.SETTLED)
    latest = settled.order_by("-created_at")[:TRACK_RECORD]
    outcomes = list(latest.values_list("case__outcome", flat=True))
    right = sum(outcome in _BORNE_OUT for outcome in outcomes)
    return weight(reason=reason, level=reporter.level, right=right, wrong=len(outcomes) - right)


def rescore(case: Case) -> None:
    """Set the score of a locked case from its reports; run twice, the same."""
    weights = case.reports.values_list("weight", flat=True)
    case.score = BASE[Case.Cause(case.cause)] + sum(weights)
    case.save(update_fields=["score"])
