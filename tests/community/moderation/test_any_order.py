"""Whatever moderators do in whatever order: a case is in one pair of hands and settled once."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from community.members.models import Member
from community.moderation.domain import cases, sanctions, settling, undoing
from community.moderation.domain.settling import Penalty
from community.moderation.domain.words import save_word
from community.moderation.models import Case, LogEntry, Sanction, WatchedWord
from community.moderation.models.cases import CLAIM_LASTS
from tests.community.members.making import AT, make_member, queries_for, signed_in
from tests.community.moderation.making import make_case, make_moderator, make_reply, make_topic

pytestmark = pytest.mark.django_db
TWO = st.integers(0, 1)


class Desk(RuleBasedStateMachine):
    """Two posts of one author, two members who report, two moderators; the model beside them."""

    @initialize()
    def begin(self) -> None:
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()
        topic = make_topic()
        self.author = make_member()
        self.posts = [make_reply(topic, author=self.author) for _ in range(2)]
        self.reporters = [make_member(), make_member()]
        self.moderators = [make_moderator(), make_moderator()]
        self.now: datetime = AT
        self.hidden: set[int] = set()
        self.held: dict[int, tuple[Member, datetime]] = {}
        self.reported: set[tuple[int, int]] = set()
        for which in range(2):
            self.report(which=which, who=0)
        self.settled = 0
        self.hides: list[LogEntry] = []
        self.undone: set[int] = set()

    def teardown(self) -> None:
        if hasattr(self, "undone_at_the_end"):
            transaction.set_rollback(True)
            self.undone_at_the_end.__exit__(None, None, None)

    def waiting(self, which: int) -> Case | None:
        post = self.posts[which]
        return Case.objects.unsettled().filter(kind="post", subject=post.pk).first()

    def is_free(self, case: Case, by: Member) -> bool:
        holder, since = self.held.get(case.pk, (by, self.now))
        return holder == by or self.now >= since + CLAIM_LASTS

    @rule(which=TWO, who=TWO)
    def report(self, which: int, who: int) -> None:
        sent = {"kind": "post", "subject": self.posts[which].pk, "reason": "abuse", "at": self.now}
        if (which, who) in self.reported:
            with pytest.raises(cases.ReportedBefore):
                cases.report(reporter=self.reporters[who], **sent)
        else:
            cases.report(reporter=self.reporters[who], **sent)
            self.reported.add((which, who))

    @rule(which=TWO, who=TWO)
    def claim(self, which: int, who: int) -> None:
        by = self.moderators[who]
        if case := self.waiting(which):
            if self.is_free(case, by):
                cases.claim(case=case, by=by, at=self.now)
                self.held[case.pk] = by, self.now
            else:
                with pytest.raises(cases.InOtherHands):
                    cases.claim(case=case, by=by, at=self.now)

    @rule(
        which=TWO,
        who=TWO,
        outcome=st.sampled_from(["kept", "hidden"]),
        hours=st.sampled_from([0, 24]),
    )
    def settle(self, which: int, who: int, outcome: str, hours: int) -> None:
        by, case = self.moderators[who], self.waiting(which)
        if case is None:
            return
        step = Sanction.Step.SILENCE if hours else Sanction.Step.WARNING
        sent: dict[str, Any] = {"case": case, "outcome": outcome, "by": by, "at": self.now}
        if not self.is_free(case, by):
            with pytest.raises(cases.InOtherHands):
                settling.settle(**sent, penalty=Penalty(step, hours))
            return
        settling.settle(**sent, answer="x", penalty=Penalty(step, hours))
        with pytest.raises(cases.SettledBefore):
            settling.settle(**sent)
        self.settled += 1
        self.reported -= {(which, reporter) for reporter in range(2)}
        if outcome == "hidden":
            self.hidden.add(which)
            self.hides.append(LogEntry.objects.filter(act="hide_post").latest("pk"))

    @rule(which=st.integers(0, 3))
    def undo(self, which: int) -> None:
        if which >= len(self.hides):
            return
        entry = self.hides[which]
        if which in self.undone:
            with pytest.raises(undoing.CannotBeUndone):
                undoing.undo(entry=entry, by=self.moderators[0], at=self.now)
            return
        undoing.undo(entry=entry, by=self.moderators[0], at=self.now)
        self.undone.add(which)
        self.hidden -= {
            n for n, post in enumerate(self.posts) if entry.subject == f"post:{post.pk}"
        }

    @rule(who=TWO, lifts=st.booleans())
    def appeal(self, who: int, lifts: bool) -> None:
        sanction = (
            Sanction.objects.filter(member=self.author, lifted_at=None).order_by("pk").first()
        )
        if sanction is None:
            return
        if not sanction.appeal:
            sanctions.appeal(sanction=sanction, words="I did not.", at=self.now)
        with pytest.raises(sanctions.AppealedBefore):
            sanctions.appeal(sanction=sanction, words="Again.", at=self.now)
        case = Case.objects.unsettled().filter(kind="sanction", subject=sanction.pk).first()
        by, outcome = self.moderators[who], "lifted" if lifts else "upheld"
        if case is None:
            return
        if sanction.by_id == by.pk:
            with pytest.raises(sanctions.OwnDecision):
                settling.settle(case=case, outcome=outcome, by=by, at=self.now)
            return
        settling.settle(case=case, outcome=outcome, by=by, at=self.now)
        self.settled += 1

    @rule(minutes=st.sampled_from([1, 20]))
    def wait(self, minutes: int) -> None:
        self.now += minutes * CLAIM_LASTS / 15

    @invariant()
    def as_the_model_says(self) -> None:
        if not hasattr(self, "posts"):
            return
        for which, post in enumerate(self.posts):
            post.refresh_from_db(fields=["hidden_at"])
            assert (post.hidden_at is not None) is (which in self.hidden)
        assert LogEntry.objects.filter(act="settle_case").count() == self.settled
        standing = Sanction.objects.filter(member=self.author, step="silence", lifted_at=None)
        longest = standing.order_by("-until").values_list("until", flat=True).first()
        self.author.refresh_from_db(fields=["silenced_until"])
        assert self.author.silenced_until == longest


def test_in_any_order() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("page", ["/moderation/", "/moderation/log/", "/moderation/words/"])
def test_the_lists_cost_the_same_however_long(page: str) -> None:
    asked, desk = [], signed_in(make_member(is_superuser=True))
    for more in (1, 2):
        for _ in range(more):
            settling.settle(case=make_case(), outcome="kept", by=make_moderator(), at=AT)
            make_case()
            word = WatchedWord(pattern=f"w{Case.objects.count()}", action="review")
            save_word(word=word, by=make_moderator(), at=AT)
        asked.append(queries_for(desk, page))
    assert asked[0] == asked[1]
