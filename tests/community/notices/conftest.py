"""Kinds of notices that only tests tell."""

from collections.abc import Iterator

import pytest

from community.notices import kinds
from community.notices.kinds import EMAIL, PUSH, SITE, NoticeKind


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(
        NoticeKind(
            "test.reply",
            "Replies",
            one="%(by)s answered in %(title)s",
            many="%(count)s answers in %(title)s",
            channels=frozenset({SITE, EMAIL, PUSH}),
        )
    )
    kinds.register(NoticeKind("test.watched", "Watched"))
    kinds.register(NoticeKind("test.warning", "Warnings", can_be_switched_off=False))
