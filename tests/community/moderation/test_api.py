"""The moderators' desk by the API: for whom it is, and what each may do there."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from community.forum.models import Board, Post
from community.moderation.domain import cases, sanctions
from community.moderation.domain.log import record
from community.moderation.models import Case, LogEntry, Report, Sanction, WatchedWord
from tests.community.forum.api.making import Caller, a_reply, a_topic
from tests.community.members.making import make_member, queries_for, signed_in
from tests.community.moderation.making import make_moderator, settled

pytestmark = pytest.mark.django_db
DESK = "moderation/"


def a_case() -> Case:
    """A reply that somebody reported just now."""
    made = cases.report(
        kind="post",
        subject=a_reply(a_topic()).pk,
        reporter=make_member(),
        reason="abuse",
        at=timezone.now(),
    )
    return made.case


def test_the_desk_is_of_its_boards_moderators() -> None:
    case = a_case()
    addresses = (f"{DESK}cases/{case.pk}/", f"{DESK}log/", f"{DESK}words/", f"{DESK}cases/")
    callers = {
        "member": Caller(make_member()),
        "elsewhere": Caller(make_moderator("help")),
        "here": Caller(make_moderator("chat")),
        "admin": Caller(make_member(is_superuser=True)),
    }
    seen = {role: [call("GET", url)[0] for url in addresses] for role, call in callers.items()}
    assert seen == {
        "member": [404, 404, 404, 404],
        "elsewhere": [404, 404, 404, 200],
        "here": [200, 404, 404, 200],
        "admin": [200, 200, 200, 200],
    }
    assert callers["elsewhere"].get(f"{DESK}cases/")["results"] == []


def test_a_case_is_claimed_by_one_and_settled_once() -> None:
    case, one, other = a_case(), Caller(make_moderator()), Caller(make_moderator())
    address = f"{DESK}cases/{case.pk}/"
    assert one("PUT", f"{address}claim/")[0] == 204
    assert other("PUT", f"{address}claim/")[1]["code"] == "in_other_hands"
    (listed,) = one.get(f"{DESK}cases/?mine=true&reason=abuse")["results"]
    assert listed["claimed_by"]
    settled = {"outcome": "hidden", "step": "warning"}
    assert one("POST", f"{address}settlement/", settled)[0] == 400  # without a word to the author
    settled |= {"answer": "不要骂人"}
    assert one("POST", f"{address}settlement/", settled | {"step": "suspension"})[0] == 403
    status, shown = one("POST", f"{address}settlement/", settled)
    assert (status, shown["outcome"], shown["look"]["is_hidden"]) == (200, "hidden", True)
    assert [given["step"] for given in shown["sanctions"]] == ["warning"]
    assert other("POST", f"{address}settlement/", settled)[1]["code"] == "settled_before"
    assert len(one.get(f"{DESK}cases/?state=settled")["results"]) == 1


def test_what_one_may_read_is_reported_once() -> None:
    post, mei = a_topic().posts.get(), make_member("mei")
    said = {"kind": "post", "subject": str(post.pk), "reason": "spam"}
    for _time in range(2):
        assert Caller(mei)("POST", "reports/", said)[0] == 204
    assert Report.objects.get().reporter == mei
    assert Caller(post.author)("POST", "reports/", said)[0] == 404
    hao = Caller(make_member("hao"))
    assert hao("POST", "reports/", said | {"kind": "member", "subject": "Mei"})[0] == 204
    assert Case.objects.get(kind="member").subject == mei.pk
    Board.objects.update(readers=Board.Readers.STAFF)
    assert hao("POST", "reports/", said)[0] == 404


def test_topics_are_moderated_together_or_not_at_all() -> None:
    here, there, moderator = a_topic(), a_topic(board="help"), make_moderator()
    call, secret = Caller(moderator), a_topic(board="help", title="秘密")
    Board.objects.filter(slug="help").update(readers=Board.Readers.STAFF)

    def act(*topics: int, **order: object) -> tuple[int, dict[str, object]]:
        return call("POST", "topics/acts/", {"topics": topics, **order})

    assert act(here.pk, there.pk, act="lock")[0] == 400  # one that is not there for them
    status, problem = act(here.pk, act="merge", into=secret.pk)
    assert (status, "秘密" in str(problem)) == (400, False)
    assert act(here.pk, act="move")[0] == 400
    assert act(here.pk, act="merge", into=here.pk)[0] == 409
    assert act(here.pk, act="lock")[0] == 204
    assert call.get(f"topics/{here.pk}/")["is_locked"]
    (entry,) = LogEntry.objects.filter(act="lock_topic")
    assert call("POST", f"{DESK}log/{entry.pk}/undo/")[0] == 204
    assert call("POST", f"{DESK}log/{entry.pk}/undo/")[1]["code"] == "cannot_be_undone"
    Board.objects.filter(slug="help").update(readers=Board.Readers.EVERYBODY)
    assert act(here.pk, there.pk, act="pin")[1]["code"] == "not_yours"
    here.refresh_from_db()
    assert (here.is_locked, here.is_pinned) == (False, False)


def test_posts_are_split_off_hidden_and_shown() -> None:
    topic, call, other = a_topic(), Caller(make_moderator()), Caller(make_member())
    a_reply(topic)
    off = {"numbers": [2], "title": "另一个主题"}
    assert other("POST", f"topics/{topic.pk}/split/", off)[0] == 403
    assert call("POST", f"topics/{topic.pk}/split/", off | {"numbers": [1]})[0] == 409
    status, made = call("POST", f"topics/{topic.pk}/split/", off)
    assert (status, made["post_count"]) == (201, 1)
    post = Post.objects.get(topic=made["id"])
    assert other("PUT", f"posts/{post.pk}/hidden/")[0] == 403
    for _time in range(2):
        assert call("PUT", f"posts/{post.pk}/hidden/")[0] == 204
    assert LogEntry.objects.filter(act="hide_post").count() == 1
    assert other("GET", f"topics/{made['id']}/")[0] == 404
    assert call("DELETE", f"posts/{post.pk}/hidden/")[0] == 204
    assert other("GET", f"topics/{made['id']}/")[0] == 200


def test_the_ladder_is_climbed_appealed_against_and_left() -> None:
    mei, moderator = make_member("mei"), make_moderator()
    call, own, address = Caller(moderator), Caller(mei), f"{DESK}members/mei/"
    silence = {"step": "silence", "hours": 72, "reason": "够了"}
    assert call("POST", f"{address}sanctions/", silence | {"step": "suspension"})[0] == 403
    given = call("POST", f"{address}sanctions/", silence)[1]
    assert given["by"] == moderator.username
    assert call("POST", f"{address}notes/", {"words": "第二次"})[0] == 201
    shown = call.get(address)
    assert (len(shown["sanctions"]), len(shown["notes"])) == (1, 1)
    assert LogEntry.objects.filter(act="read_member", about=[mei.pk]).exists()
    standing = own.get("standing/")
    assert ("by" in standing["sanctions"][0], len(standing["looks"])) == (False, 1)
    appeal = f"standing/{given['id']}/appeal/"
    assert call("POST", appeal, {"appeal": "不是我"})[0] == 404
    assert own("POST", appeal, {"appeal": "不是我"})[0] == 201
    assert own("POST", appeal, {"appeal": "真的"})[1]["code"] == "appealed_before"
    assert (
        Caller(make_member(is_superuser=True))("DELETE", f"{DESK}sanctions/{given['id']}/")[0]
        == 204
    )
    assert Sanction.objects.get().lifted_at


def test_what_is_sent_again_with_its_key_is_done_once() -> None:
    mei, call = make_member("mei"), Caller(make_moderator())
    make_member("hao")
    for what, said in (
        ("sanctions", {"step": "warning", "reason": "够了"}),
        ("notes", {"words": "第二次"}),
    ):
        key = {"Idempotency-Key": str(uuid4())}
        sent = [call("POST", f"{DESK}members/mei/{what}/", said, **key) for _time in range(2)]
        assert sent[0] == sent[1]
        assert call("POST", f"{DESK}members/hao/{what}/", said, **key)[0] == 201
        assert call("POST", f"{DESK}members/mei/{what}/", said)[0] == 201
    assert (mei.sanctions.count(), mei.staff_notes.count()) == (2, 2)
    assert LogEntry.objects.filter(act="give_sanction", subject="member:mei").count() == 2


def test_admins_keep_the_watched_words() -> None:
    admin = Caller(make_member(is_superuser=True))
    word = {"pattern": "加微信", "action": "block", "rule": "不许打广告"}
    status, kept = admin("POST", f"{DESK}words/", word)
    assert status == 201
    assert admin("POST", f"{DESK}words/", word)[1]["code"] == "watched_already"
    judged = admin("POST", f"{DESK}words/trial/", {"text": "请加 微 信"})[1]
    assert (judged["is_blocked"], judged["hits"][0]["pattern"]) == (True, "加微信")
    address, answer = f"{DESK}words/{kept['id']}/", word | {"action": "answer"}
    assert admin("PUT", address, answer)[0] == 400
    assert admin("PUT", address, answer | {"text": "请看公告"})[1]["action"] == "answer"
    assert admin("DELETE", address)[0] == 204
    assert not WatchedWord.objects.exists()


def test_lists_cost_the_same_however_long() -> None:
    admin = make_member(is_superuser=True)
    client, mei, reported = signed_in(admin), make_member("mei"), a_case()
    names = ("cases", "log", "words", "members/mei", f"cases/{reported.pk}")
    addresses = [f"/api/v1/{DESK}{name}/" for name in names]
    addresses += [f"/api/v1/{DESK}cases/?state=settled"]
    addresses += [reverse("moderation:member", args=["mei"])]
    addresses += [reverse("moderation:case", args=[reported.pk])]
    own = [reverse("moderation:standing"), reverse("api_standing")]

    def add(number: int) -> None:
        at, by = timezone.now(), make_moderator()
        cases.claim(case=a_case(), by=by, at=at)
        settled(a_case(), "kept")
        sanctions.give(member=mei, step="warning", reason="x", by=by, at=at)
        sanctions.add_note(member=mei, words="x", by=by, at=at)
        WatchedWord.objects.create(
            pattern=f"词{number}", action="block", rule="x", added_by=by, added_at=at
        )
        entry = record(by=by, act="lock_topic", subject="topic:1", at=at)
        record(by=by, act="undo", subject="topic:1", at=at, undoes=entry)
        if number > 1:  # one has reported it already
            cases.report(
                kind="post",
                subject=reported.subject,
                reporter=make_member(),
                reason="abuse",
                at=at,
            )

    def costs() -> list[int]:
        reader = signed_in(mei)
        return [
            *(queries_for(client, address) for address in addresses),
            *(queries_for(reader, address) for address in own),
        ]

    add(1)
    with_one = costs()
    add(2)
    add(3)
    assert costs() == with_one
