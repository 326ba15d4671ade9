"""What moderators work with: cases, reports, sanctions, watched words, rules, the log."""

from community.moderation.models.cases import Case, CaseQuerySet, Report
from community.moderation.models.log import LogEntry
from community.moderation.models.rules import ApprovalRule, WatchedWord
from community.moderation.models.sanctions import Note, Sanction

__all__ = [
    "ApprovalRule",
    "Case",
    "CaseQuerySet",
    "LogEntry",
    "Note",
    "Report",
    "Sanction",
    "WatchedWord",
]
