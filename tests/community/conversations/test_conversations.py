"""Private conversations: who gets in, who reads what, and who is refused."""

from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.conversations import queries, subjects
from community.conversations.domain import refusals, taking_part, talking
from community.conversations.models import Conversation, Message, Participation
from community.members.domain.relations import relate
from community.members.models import Member, Relation
from community.moderation.domain import cases
from community.moderation.models import LogEntry, Report
from community.notices.models import Notice
from tests.community.forum.api.making import Caller
from tests.community.media.making import kept_picture
from tests.community.members.making import AT, make_member, queries_for, signed_in
from tests.racing import at_once

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def begin(author: Member, *others: Member, at=AT, **fields) -> Conversation:
    return talking.begin(author=author, others=others, body="**hi**", at=at, **fields)


def say(author: Member, conversation: Conversation, body: str = "x", at=AT, **fields) -> Message:
    return talking.answer(conversation=conversation, author=author, body=body, at=at, **fields)


def part(member: Member, conversation: Conversation) -> Participation:
    return Participation.objects.get(member=member, conversation=conversation)


def reads(member: Member, conversation: Conversation) -> list[str]:
    page = signed_in(member).get(conversation.get_absolute_url())
    assert page.status_code == 200
    return [message.body for message in page.context["page"].messages]


@pytest.fixture
def ada() -> Member:
    return make_member("ada", is_superuser=False)


@pytest.fixture
def bob() -> Member:
    return make_member("bob")


# --- who reads it -----------------------------------------------------------------------------
OWN_PAGES = ("detail", "answer", "add_member", "leave", "mark_read")


@pytest.mark.parametrize("who", ["stranger", "admin", "left", "anonymous"])
def test_nobody_else_gets_in_by_any_door(who: str, ada: Member, bob: Member) -> None:
    other = make_member(is_superuser=who == "admin", is_staff=who == "admin")
    conversation = begin(ada, bob, other) if who == "left" else begin(ada, bob)
    message = conversation.messages.get()
    if who == "left":
        taking_part.leave(participation=part(other, conversation), at=AT)
    client = Client() if who == "anonymous" else signed_in(other)
    doors = [reverse(f"conversations:{page}", args=[conversation.pk]) for page in OWN_PAGES]
    doors += [reverse(f"conversations:{act}", args=[message.pk]) for act in ("edit", "withdraw")]
    doors.append(reverse("api_message_list", args=[conversation.pk]))
    refused = {302, 403, 401} if who == "anonymous" else {404}
    for door in doors:
        answers = {client.post(door, {"body": "x", "others": "ada"}).status_code}
        answers.add(client.get(door).status_code)
        assert answers - {405} <= refused, door
    if who != "anonymous":
        assert not client.get(reverse("conversations:inbox")).context["inbox"].participations
        assert client.get(reverse("api_conversation_list")).json()["results"] == []
    assert list(Message.objects.values_list("body", flat=True)) == ["**hi**"]


def test_another_takes_no_words_back(ada: Member, bob: Member) -> None:
    message = begin(ada, bob).messages.get()
    address = reverse("conversations:withdraw", args=[message.pk])
    assert signed_in(bob).post(address).status_code == 404
    with pytest.raises(refusals.TooLate):
        talking.edit(message=message, author=bob, body="x", at=AT)


def test_who_is_added_reads_what_is_said_from_then_on(ada: Member, bob: Member) -> None:
    cem = make_member()
    conversation = begin(ada, bob)
    taking_part.add_member(conversation=conversation, by=ada, other=cem, at=AT)
    say(bob, conversation, "later")
    assert reads(cem, conversation) == ["later"]
    assert reads(ada, conversation) == ["**hi**", "later"]


def test_a_message_is_safe_html(ada: Member, bob: Member) -> None:
    conversation = begin(ada, bob)
    say(ada, conversation, "<script>x</script>")
    page = signed_in(bob).get(conversation.get_absolute_url()).content.decode()
    assert "<strong>hi</strong>" in page
    assert "<script>x" not in page


def test_a_reported_message_is_read_by_admins_with_three_before_and_logged(
    ada: Member, bob: Member
) -> None:
    conversation, admin = begin(ada, bob), make_member(is_superuser=True)
    for number in range(5):
        last = say(ada, conversation, f"word {number}")
    address = reverse("conversations:reported", args=[last.pk])
    assert signed_in(admin).get(address).status_code == 404
    cases.report(
        kind="message", subject=last.pk, reporter=bob, reason=Report.Reason.values[0], at=AT
    )
    page = signed_in(admin).get(address).content.decode()
    assert [f"word {number}" in page for number in range(5)] == [False, True, True, True, True]
    assert LogEntry.objects.get(act="message.read").about == [ada.pk]
    assert signed_in(make_member(is_staff=True)).get(address).status_code == 404
    assert not subjects.MESSAGES.may_report(ada, last.pk)
    assert not subjects.MESSAGES.may_report(make_member(), last.pk)


# --- who may write ----------------------------------------------------------------------------
def test_a_block_ends_it_between_two_and_not_among_more(ada: Member, bob: Member) -> None:
    cem = make_member()
    two, three = begin(ada, bob), begin(ada, bob, cem)
    relate(member=bob, other=ada, kind=Relation.Kind.BLOCKS, at=AT)
    for blocked in (ada, bob):
        with pytest.raises(refusals.NotWelcome):
            say(blocked, two)
    with pytest.raises(refusals.NotWelcome):
        begin(ada, bob)
    say(ada, three)
    assert (
        "From somebody you ignore" in signed_in(bob).get(three.get_absolute_url()).content.decode()
    )


def test_nobody_is_brought_together_with_whom_they_block(ada: Member, bob: Member) -> None:
    cem = make_member()
    conversation = begin(ada, bob)
    relate(member=cem, other=bob, kind=Relation.Kind.BLOCKS, at=AT)
    with pytest.raises(refusals.NotWelcome):
        taking_part.add_member(conversation=conversation, by=ada, other=cem, at=AT)


def test_a_level_begins_so_many_a_day(ada: Member, bob: Member) -> None:
    for _number in range(3):
        begin(ada, bob)
    with pytest.raises(refusals.TooManyNew):
        begin(ada, bob)
    begin(ada, bob, at=AT + timedelta(days=1))


def test_two_to_ten_take_part(ada: Member) -> None:
    for others in ([], [ada], [make_member() for _number in range(10)]):
        with pytest.raises(refusals.TooMany):
            begin(ada, *others)


def test_after_everybody_left_nobody_hears(ada: Member, bob: Member) -> None:
    conversation = begin(ada, bob)
    taking_part.leave(participation=part(bob, conversation), at=AT)
    with pytest.raises(refusals.NobodyLeft):
        say(ada, conversation)


def test_words_change_for_a_minute(ada: Member, bob: Member) -> None:
    message = begin(ada, bob).messages.get()
    talking.edit(message=message, author=ada, body="better", at=AT + MINUTE / 2)
    with pytest.raises(refusals.TooLate):
        talking.withdraw(message=message, author=ada, at=AT + MINUTE)
    talking.withdraw(message=message, author=ada, at=AT + MINUTE / 2)
    message.refresh_from_db()
    assert (message.body, message.html) == ("", "")


def test_more_than_people_write_is_refused(ada: Member, bob: Member) -> None:
    conversation = begin(ada, bob)
    for _number in range(talking.MOST_MESSAGES - 1):
        say(ada, conversation)
    with pytest.raises(refusals.TooFast):
        say(ada, conversation)


def test_who_ignores_is_not_told(ada: Member, bob: Member) -> None:
    cem = make_member()
    relate(member=cem, other=ada, kind=Relation.Kind.IGNORES, at=AT)
    begin(ada, bob, cem)
    assert list(Notice.objects.values_list("member", flat=True)) == [bob.pk]


# --- pages ------------------------------------------------------------------------------------
def test_the_form_begins_and_answers(ada: Member, bob: Member) -> None:
    client, sent = signed_in(ada), {"others": "bob", "body": "hello", "submission_key": uuid4()}
    places = {client.post(reverse("conversations:begin"), sent).headers["Location"] for _ in "12"}
    assert len(places) == 1
    answer = client.post(f"{places.pop()}answer/", {"body": "again"})
    assert answer.status_code == 302
    assert list(Message.objects.order_by("pk").values_list("body", flat=True)) == ["hello", "again"]
    refused = client.post(reverse("conversations:begin"), {"others": "nobody", "body": "x"})
    assert "There is no member" in refused.content.decode()


def test_unread_until_it_is_opened(ada: Member, bob: Member) -> None:
    conversation = begin(ada, bob)
    assert [queries.listed(member).get().is_unread for member in (ada, bob)] == [False, True]
    page = signed_in(bob)
    page.get(conversation.get_absolute_url())
    assert queries.listed(bob).get().is_unread  # no GET writes
    page.post(reverse("conversations:mark_read", args=[conversation.pk]), {"until": "9" * 18})
    assert not queries.listed(bob).get().is_unread
    assert not Notice.objects.unread().exists()
    say(ada, conversation)
    assert queries.listed(bob).get().is_unread  # nobody reads further than there are messages


def test_pictures_of_messages_stay(ada: Member, bob: Member) -> None:
    picture = kept_picture(ada)
    say(ada, begin(ada, bob), body=picture.markdown)
    picture.refresh_from_db()
    assert picture.is_used


def test_pages_go_back_and_cost_the_same(
    monkeypatch: pytest.MonkeyPatch, ada: Member, bob: Member
) -> None:
    client, asked = signed_in(bob), []
    conversation = begin(ada, bob)
    addresses = [reverse("conversations:inbox"), conversation.get_absolute_url()]
    addresses += [reverse("api_conversation_list")]
    addresses += [reverse("api_message_list", args=[conversation.pk])]
    asked.append([queries_for(client, address) for address in addresses])
    for number in (1, 2):
        say(ada, conversation, str(number))
        begin(ada, bob, at=AT + number * timedelta(days=1))
    asked.append([queries_for(client, address) for address in addresses])
    assert asked[0] == asked[1]
    monkeypatch.setattr(queries, "MESSAGES_A_PAGE", 2)
    monkeypatch.setattr(queries, "CONVERSATIONS_A_PAGE", 2)
    last = queries.page_of(part(bob, conversation))
    first = queries.page_of(part(bob, conversation), last.earlier)
    assert [m.body for page in (first, last) for m in page.messages] == ["**hi**", "1", "2"]
    newest = queries.inbox(bob)
    assert len(queries.inbox(bob, newest.older).participations) == 1


def test_over_the_api(ada: Member, bob: Member) -> None:
    client, address = signed_in(ada), reverse("api_conversation_list")
    sent = {"members": ["bob"], "body": "hi"}
    begun = client.post(address, sent, content_type="application/json")
    assert (begun.status_code, begun.json()["with_members"]) == (201, ["bob"])
    messages = reverse("api_message_list", args=[begun.json()["id"]])
    said = client.post(messages, {"body": "more"}, content_type="application/json")
    assert said.status_code == 201
    results = signed_in(bob).get(messages).json()["results"]
    assert [(row["author"], row["body"]) for row in results] == [("ada", "more"), ("ada", "hi")]


def test_taking_part_over_the_api(ada: Member, bob: Member) -> None:
    make_member("eve")
    conversation = begin(ada, bob, at=timezone.now())
    api, other = Caller(ada), Caller(bob)
    address, message = f"conversations/{conversation.pk}/", conversation.messages.get().pk
    assert other("PUT", f"{address}read-mark/", {"until": message})[0] == 204
    assert part(bob, conversation).read_until == message
    words = f"conversations/messages/{message}/"
    assert other("PATCH", words, {"body": "no"})[0] == 404
    assert api("PATCH", words, {"body": "better"})[1]["body"] == "better"
    assert api("DELETE", words)[0] == 204
    assert api("PATCH", words, {"body": "again"})[1]["code"] == "too_late"
    assert api("POST", f"{address}members/", {"members": ["eve", "nobody"]})[0] == 400
    assert api("POST", f"{address}members/", {"members": ["eve"]})[0] == 204
    assert other("DELETE", address)[0] == 204
    assert other("DELETE", address)[0] == 404


# --- races ------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_limit_holds_when_forms_meet(is_guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bob, both = make_member(), make_member(), Barrier(2)
    monkeypatch.setattr(talking, "new_a_day", lambda _member: 1)
    if not is_guarded:  # the control: both have counted before either begins
        refuse = talking._refuse_more
        monkeypatch.setattr(talking, "_one_at_a_time", lambda _author: None)
        monkeypatch.setattr(talking, "_refuse_more", lambda *given: (refuse(*given), both.wait()))

    answers = at_once(*[lambda: begin(ada, bob)] * 2, refusals=(refusals.TooManyNew,))
    begun = [answer for answer in answers if not isinstance(answer, refusals.TooManyNew)]
    assert len(begun) == (1 if is_guarded else 2)
