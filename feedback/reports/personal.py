"""What becomes of a manager's files when they leave."""

from datetime import datetime

from community.members.models import Member
from feedback.reports.domain import background
from feedback.reports.models import ReportExport


def erase(member: Member, keeps_words: bool, at: datetime) -> None:
    """Their files go with the rows."""
    for export in ReportExport.objects.filter(asked_by=member):
        background.remove(export)
