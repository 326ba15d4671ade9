"""A receipt commits to a ballot and tells nothing of it."""

from dataclasses import replace

from feedback.fourgrid.domain import receipts
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.models import Ballot

ANSWERS = Answers(Ballot.Mood.SAD, (2, 1), (), (9,), {"mood": "唉"})


def test_the_bytes_are_canonical() -> None:
    content = receipts.canonical(build_id=1, member_id=2, answers=ANSWERS)
    assert content.decode() == (
        '{"build":1,"comments":{"mood":"唉"},"format":1,"let_down":[],"loved":[2,1],'
        '"member":2,"mood":4,"wishes":[9]}'
    )


def test_a_receipt_opens_with_its_salt_and_for_these_answers_only() -> None:
    receipt = receipts.issue(build_id=1, member_id=2, answers=ANSWERS)
    content = receipts.canonical(build_id=1, member_id=2, answers=ANSWERS)
    assert receipts.digest(receipt.nonce, content) == receipt.digest
    other = receipts.canonical(build_id=1, member_id=2, answers=replace(ANSWERS, loved=(1, 2)))
    assert receipts.digest(receipt.nonce, other) != receipt.digest


def test_equal_ballots_have_different_receipts() -> None:
    issued = {receipts.issue(build_id=1, member_id=2, answers=ANSWERS).digest for _ in range(50)}
    assert len(issued) == 50
