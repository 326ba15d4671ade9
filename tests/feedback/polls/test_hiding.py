"""A poll that is reported, hidden and brought back; and its pictures by the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from community.members.models import Member
from community.moderation.domain import cases, settling
from community.moderation.domain.undoing import undo
from community.moderation.models import Case, LogEntry
from feedback.polls.domain import closing, refusals, voting
from tests.community.forum.api.making import Caller
from tests.community.media.making import picture
from tests.community.members.making import make_member, signed_in
from tests.community.moderation.making import make_moderator
from tests.feedback.polls.making import ids, make_poll, vote

pytestmark = pytest.mark.django_db


def test_a_reported_poll_is_hidden_with_its_votes_and_comes_back() -> None:
    poll, voter, moderator = make_poll(), make_member(), make_moderator()
    vote(poll, "M", voter)
    assert poll.made_by
    maker, page, topic = (
        Caller(poll.made_by),
        f"/polls/{poll.pk}/",
        f"topics/{poll.topic_id}/polls/",
    )
    said = {"kind": "poll", "subject": str(poll.pk), "reason": "abuse"}
    assert maker("POST", "reports/", said)[0] == 404
    assert Caller(voter)("POST", "reports/", said)[0] == 204
    now, case = timezone.now(), Case.objects.get()
    cases.claim(case=case, by=moderator, at=now)
    settling.settle(case=case, outcome="hidden", by=moderator, at=now, answer="x")
    for reader in (maker, Caller(voter), Caller()):
        assert reader.client.get(page).status_code == 404
        assert reader.get(topic) == []
        assert "Memphis" not in reader.client.get(poll.topic.get_absolute_url()).text
    with pytest.raises(refusals.NotEligible):
        voting.vote(poll_id=poll.pk, member=voter, options=ids(poll, "N"))
    closing.end(poll_id=poll.pk)
    assert closing.tell_voters(poll_id=poll.pk, at=now) == 0
    assert "moderators alone see it" in signed_in(moderator).get(page).text
    undo(entry=LogEntry.objects.get(act="hide_poll"), by=moderator, at=now)
    assert Caller().get(topic)[0]["outcome"]["ballots"] == 1


def test_moderators_hide_and_show_by_page_and_api() -> None:
    poll = make_poll()
    assert poll.made_by
    moderator, address = Caller(make_moderator()), f"polls/{poll.pk}/hidden/"
    assert Caller(poll.made_by)("PUT", address)[0] == 403
    for _time in range(2):
        assert moderator("PUT", address)[0] == 204
    assert LogEntry.objects.filter(act="hide_poll").count() == 1
    assert Caller()("GET", f"polls/{poll.pk}/")[0] == 404
    assert moderator("DELETE", address)[0] == 204
    assert moderator.client.post(f"/polls/{poll.pk}/hide/", {"hide": "1"}).status_code == 302
    poll.refresh_from_db()
    assert poll.hidden_at
    moderator.client.post(f"/polls/{poll.pk}/hide/")
    assert Caller().get(f"polls/{poll.pk}/")["id"] == poll.pk


def test_a_picture_is_put_to_an_option_of_ones_own_poll() -> None:
    by = make_member()
    Member.objects.filter(pk=by.pk).update(level=3)  # pictures of newcomers are approved first
    poll, other, maker = make_poll(by=by), make_poll(), signed_in(by)

    def put(where: object, option: int) -> tuple[int, dict[str, object]]:
        sent = {"file": SimpleUploadedFile("x.png", picture())}
        answer = maker.put(
            f"/api/v1/polls/{where}/options/{option}/picture/",
            encode_multipart("BoUnDaRyStRiNg", sent),
            MULTIPART_CONTENT,
        )
        return answer.status_code, answer.json()

    (mine,), (theirs,) = ids(poll, "M"), ids(other, "M")
    status, shown = put(poll.pk, mine)
    assert (status, str(shown["picture"]).startswith("/pictures/")) == (200, True)
    assert [put(poll.pk, theirs)[0], put(other.pk, theirs)[0]] == [404, 404]
    vote(poll, "M")
    assert put(poll.pk, mine)[1]["code"] == "has_votes"
