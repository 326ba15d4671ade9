"""Computes, keeps and compares vote reports."""

from feedback.reports.domain.storing import (
    CountsDiffer,
    NotTallied,
    mark_read,
    refresh,
    store,
    store_due,
)

__all__ = ["CountsDiffer", "NotTallied", "mark_read", "refresh", "store", "store_due"]
