"""Following, ignoring, blocking: one stance at a time, and what each lets through."""

from threading import Barrier

import pytest
from django.test import Client
from django.urls import reverse

from community.forum.domain.posting import open_topic
from community.forum.models import Board
from community.members import permissions, queries
from community.members.domain import relations
from community.members.domain.relations import Blocked, Oneself, end_relation, relate
from community.members.models import Audience, Member, Relation
from tests.community.members.making import AT, make_member, queries_for, signed_in
from tests.racing import at_once

pytestmark = pytest.mark.django_db
FOLLOWS, IGNORES, BLOCKS = Relation.Kind


def take(member: Member, kind: Relation.Kind, other: Member) -> Relation:
    return relate(member=member, other=other, kind=kind, at=AT)


def stances() -> set[tuple[str, str, str]]:
    rows = Relation.objects.values_list("member__username", "kind", "other__username")
    return set(rows)


@pytest.fixture
def ada() -> Member:
    return make_member("ada")


@pytest.fixture
def bob() -> Member:
    return make_member("bob")


def test_there_is_one_stance_at_a_time(ada: Member, bob: Member) -> None:
    for kind in (FOLLOWS, FOLLOWS, IGNORES):
        take(ada, kind, bob)
    assert stances() == {("ada", "ignores", "bob")}
    end_relation(member=ada, other=bob)
    assert stances() == set()


def test_a_block_ends_following_both_ways(ada: Member, bob: Member) -> None:
    take(ada, FOLLOWS, bob)
    take(bob, FOLLOWS, ada)
    take(ada, BLOCKS, bob)
    assert stances() == {("ada", "blocks", "bob")}
    with pytest.raises(Blocked):
        take(bob, FOLLOWS, ada)


def test_nobody_relates_to_themselves(ada: Member) -> None:
    with pytest.raises(Oneself):
        take(ada, FOLLOWS, ada)


def test_who_is_unheard_and_who_does_not_hear(ada: Member, bob: Member) -> None:
    cem = make_member("cem")
    take(ada, IGNORES, bob)
    take(ada, BLOCKS, cem)
    assert queries.unheard_by(ada) == {bob.pk, cem.pk}
    assert queries.deaf_to(bob.pk) == {ada.pk}


@pytest.mark.parametrize(
    ("wanted", "stance", "may"),
    [
        (Audience.MEMBERS, None, True),
        (Audience.MEMBERS, BLOCKS, False),
        (Audience.FOLLOWED, None, False),
        (Audience.FOLLOWED, FOLLOWS, True),
        (Audience.NOBODY, FOLLOWS, False),
    ],
)
def test_who_may_write_to_a_member(
    ada: Member, bob: Member, wanted: Audience, stance: Relation.Kind | None, may: bool
) -> None:
    bob.written_to_by = wanted
    if stance:
        take(bob, stance, ada)
    assert permissions.may_write_to(ada, bob) is may


def test_nobody_writes_to_whom_they_block(ada: Member, bob: Member) -> None:
    take(ada, BLOCKS, bob)
    assert not permissions.may_write_to(ada, bob)


def test_what_is_for_those_one_follows(ada: Member, bob: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(region="深圳", region_seen_by=Audience.FOLLOWED)
    page = reverse("members:profile", args=["ada"])
    assert "深圳" not in signed_in(bob).get(page).content.decode()
    take(ada, FOLLOWS, bob)
    assert "深圳" in signed_in(bob).get(page).content.decode()
    assert "深圳" in signed_in(ada).get(page).content.decode()


# --- pages ------------------------------------------------------------------------------------
def test_buttons_take_and_end_a_stance(ada: Member, bob: Member) -> None:
    client, address = signed_in(ada), reverse("members:relate", args=["bob"])
    client.post(address, {"kind": "follows"})
    assert "Unfollow" in client.get(reverse("members:profile", args=["bob"])).content.decode()
    assert "bob" in client.get(reverse("members:relations")).content.decode()
    client.post(address, {"kind": ""})
    assert stances() == set()


def test_one_is_not_sent_to_another_site(ada: Member, bob: Member) -> None:
    address = reverse("members:relate", args=["bob"])
    answer = signed_in(ada).post(address, {"kind": "follows", "next": "https://evil.example/"})
    assert answer.headers["Location"] == reverse("members:profile", args=["bob"])


def test_lists_cost_the_same_at_any_length(ada: Member) -> None:
    client, asked = signed_in(ada), []
    for count in (1, 2):
        for _number in range(count):
            take(ada, FOLLOWS, make_member())
        names = ("members:relations", "members:list", "api_relation_list")
        asked.append([queries_for(client, reverse(name)) for name in names])
    assert asked[0] == asked[1]


def test_the_list_goes_on_in_chinese_order(monkeypatch: pytest.MonkeyPatch, ada: Member) -> None:
    monkeypatch.setattr(queries, "MEMBERS_A_PAGE", 2)
    for name in ("小明", "阿里", "Bob"):
        make_member(display_name=name)
    first = queries.listed_members(ada)
    second = queries.listed_members(ada, after=first.later)
    names = [str(member) for page in (first, second) for member in page.members]
    assert [name for name in names if name != str(ada)] == ["阿里", "Bob", "小明"]
    assert [str(m) for m in queries.listed_members(ada, initial="X").members] == ["小明"]


def test_a_region_finds_those_who_show_it(ada: Member) -> None:
    Member.objects.update(region="深圳")
    assert list(queries.listed_members(ada, region="深圳").members) == [ada]
    Member.objects.update(region_seen_by=Audience.NOBODY)
    assert not queries.listed_members(ada, region="深圳").members


def test_a_signature_stands_below_each_post(ada: Member) -> None:
    Member.objects.update(signature="**米粉** <script>x</script>")
    ada.refresh_from_db()
    board = Board.objects.get(slug="chat")
    topic = open_topic(board=board, title="Topic", body="x", author=ada, at=AT)
    page = Client().get(topic.get_absolute_url()).content.decode()
    assert "<strong>米粉</strong>" in page
    assert "<script>x" not in page


# --- the API ----------------------------------------------------------------------------------
def test_over_the_api(ada: Member, bob: Member) -> None:
    client, address = signed_in(ada), reverse("api_relation", args=["bob"])
    answer = client.put(address, {"kind": "follows"}, content_type="application/json")
    assert (answer.status_code, answer.json()["member"]) == (200, "bob")
    assert len(client.get(reverse("api_relation_list")).json()["results"]) == 1
    take(bob, BLOCKS, ada)
    answer = client.put(address, {"kind": "follows"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "blocked")
    assert client.delete(address).status_code == 204


# --- races ------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_follow_cannot_pass_a_block(is_guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bob = make_member(), make_member()
    if not is_guarded:  # the control: both look before either writes
        both = Barrier(2)
        take_stance = Relation.objects.get_or_create

        def late(**fields: object) -> object:
            both.wait()
            return take_stance(**fields)

        monkeypatch.setattr(relations, "_one_pair_at_a_time", lambda *_pair: None)
        monkeypatch.setattr(Relation.objects, "get_or_create", late)
    acts = [lambda: take(ada, BLOCKS, bob), lambda: take(bob, FOLLOWS, ada)]
    at_once(*acts, refusals=(Blocked,))
    kinds = set(Relation.objects.values_list("kind", flat=True))
    assert kinds == ({BLOCKS} if is_guarded else {BLOCKS, FOLLOWS})
