"""Stored reports, the themes of their comments, and what managers did about them."""

from feedback.reports.models.export import ReportExport, ReportFile
from feedback.reports.models.followup import FollowUp
from feedback.reports.models.inbox import InboxReply, InboxVisit
from feedback.reports.models.report import (
    Dimension,
    ReportReading,
    ReportSlice,
    ReportTelling,
    VoteReport,
    VoterGroup,
)
from feedback.reports.models.theme import Side, Theme, ThemeCorrection, ThemeRemark

__all__ = [
    "Dimension",
    "FollowUp",
    "InboxReply",
    "InboxVisit",
    "ReportExport",
    "ReportFile",
    "ReportReading",
    "ReportSlice",
    "ReportTelling",
    "Side",
    "Theme",
    "ThemeCorrection",
    "ThemeRemark",
    "VoteReport",
    "VoterGroup",
]
