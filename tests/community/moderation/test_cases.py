"""Cases: one open for each thing, in one moderator's hands, settled once."""

import pytest
from django.db import IntegrityError, transaction

from community.members.models import Member
from community.moderation.domain import cases, scoring, settling
from community.moderation.domain.settling import Penalty
from community.moderation.models import Case, LogEntry
from community.moderation.models.cases import CLAIM_LASTS
from tests.community.members.making import AT, make_member
from tests.community.moderation.making import (
    HOUR,
    make_case,
    make_moderator,
    make_post_of,
    make_topic,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def test_reports_of_several_make_one_case_that_grows_more_urgent() -> None:
    post = make_topic().posts.get()
    first = make_case(post)
    assert make_case(post) == first
    first.refresh_from_db()
    assert (first.reports.count(), first.board, first.author) == (2, "chat", post.author)
    assert first.score == 2 * scoring.weight(reason="abuse", level=0, right=0, wrong=0) == 600


def test_a_member_reports_once_until_it_is_settled() -> None:
    post, reporter = make_topic().posts.get(), make_member()
    sent = {"kind": "post", "subject": post.pk, "reporter": reporter, "reason": "spam", "at": AT}
    case = cases.report(**sent).case
    with pytest.raises(cases.ReportedBefore):
        cases.report(**sent)
    settling.settle(case=case, outcome="kept", by=make_moderator(), at=AT)
    assert cases.report(**sent).case != case


@pytest.mark.parametrize(
    ("right", "wrong", "level", "weight"), [(0, 0, 0, 200), (0, 8, 0, 40), (8, 0, 5, 720)]
)
def test_reporters_weigh_by_their_level_and_how_often_they_were_right(
    right: int, wrong: int, level: int, weight: int
) -> None:
    assert scoring.weight(reason="spam", level=level, right=right, wrong=wrong) == weight


def test_the_second_moderator_is_told_who_has_it_until_the_claim_lapses() -> None:
    case, first, second = make_case(), make_moderator(), make_moderator()
    cases.claim(case=case, by=first, at=AT)
    for taking in (
        lambda at: cases.claim(case=case, by=second, at=at),
        lambda at: settling.settle(case=case, outcome="kept", by=second, at=at),
    ):
        with pytest.raises(cases.InOtherHands) as told:
            taking(AT + CLAIM_LASTS / 2)
        assert told.value.by == first
    cases.claim(case=case, by=second, at=AT + CLAIM_LASTS)
    assert case.held_by(AT + CLAIM_LASTS) == second
    cases.let_go(case=case, by=second)
    cases.claim(case=case, by=first, at=AT + CLAIM_LASTS)


def test_settling_hides_warns_and_logs_in_one_piece() -> None:
    case, by = make_case(), make_moderator()
    assert case.author
    penalty = Penalty("warning", 0)
    settling.settle(case=case, outcome="hidden", by=by, answer="Mind it.", penalty=penalty, at=AT)
    assert make_post_of(case).hidden_at == AT
    assert (case.state, case.settled_by, case.author.sanctions.get().reason) == (
        Case.State.SETTLED,
        by,
        "Mind it.",
    )
    acts = LogEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["hide_post", "give_sanction", "settle_case"]
    with pytest.raises(cases.SettledBefore):
        settling.settle(case=case, outcome="kept", by=make_moderator(), at=AT + HOUR)


def test_an_outcome_that_does_not_fit_changes_nothing() -> None:
    case = make_case()
    with pytest.raises(cases.CannotBeDone):
        settling.settle(case=case, outcome="approved", by=make_moderator(), at=AT)
    assert not LogEntry.objects.exists()


def settle_at_once(case: Case, moderators: list[Member]) -> None:
    at_once(
        *[
            lambda by=by: settling.settle(
                case=Case.objects.get(pk=case.pk), outcome="hidden", by=by, at=AT
            )
            for by in moderators
        ],
        refusals=(cases.InOtherHands, cases.SettledBefore),
    )


@pytest.mark.django_db(transaction=True)
def test_two_moderators_settle_at_once_and_one_does_it() -> None:
    case, moderators = make_case(), [make_moderator() for _ in range(4)]
    settle_at_once(case, moderators)
    assert LogEntry.objects.filter(act="settle_case").count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_condition_each_of_them_would(monkeypatch: pytest.MonkeyPatch) -> None:
    case, moderators = make_case(), [make_moderator() for _ in range(4)]
    everything = lambda cases, by, at: cases
    monkeypatch.setattr("community.moderation.models.CaseQuerySet.takeable", everything)
    settle_at_once(case, moderators)
    assert LogEntry.objects.filter(act="settle_case").count() > 1


def test_the_database_keeps_one_open_case_a_subject() -> None:
    case = make_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(kind="post", subject=case.subject, cause="reported", opened_at=AT)
