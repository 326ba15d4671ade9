"""Pages of wishes: everybody reads, managers write and answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Build, Product
from community.members.models import Member
from feedback.proposals.domain import answer_proposal, create_proposal
from feedback.proposals.models import Proposal
from tests.community.builds.making import DRAFTED, make_build, make_draft, make_product
from tests.community.members.making import make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db
Status = Proposal.Status
LIST = "/wishes/"


@pytest.fixture
def manager() -> Member:
    return make_member()


@pytest.fixture
def product(manager: Member) -> Product:
    return make_product(managers=(manager,))


def wish(product: Product, title: str = "通话自动录音", **fields: object) -> Proposal:
    given = {"body": "每一通", "area": "电话", "at": DRAFTED}
    return create_proposal(product=product, title=title, **(given | fields))


def html(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


# --- reading ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "title"), [("en", "No wish has been written down yet"), ("zh-hans", "还没有提案")]
)
def test_an_empty_list_invites(client: Client, language: str, title: str) -> None:
    client.cookies["django_language"] = language
    page = html(client, LIST)
    assert title in page
    assert 'href="/wishes/new/"' in page


@pytest.mark.parametrize(("language", "status"), [("en", "accepted"), ("zh-hans", "已采纳")])
def test_everybody_reads_wishes_and_answers(
    client: Client, product: Product, language: str, status: str
) -> None:
    build = make_build(product=product)
    proposal = wish(product, author=make_member(display_name="小明"))
    answer_proposal(
        proposal=proposal, status=Status.ACCEPTED, reason="下周就做", accepted_for=build, at=DRAFTED
    )
    client.cookies["django_language"] = language
    assert "通话自动录音" in html(client, LIST)
    page = client.get(proposal.get_absolute_url())
    for shown in ("通话自动录音", "每一通", "小明", "下周就做", status, str(build)):
        assert shown in page.content.decode()
    assert not page.cookies


def test_a_shipped_wish_names_what_it_became(client: Client, product: Product) -> None:
    build = make_build(product=product)
    feature = build.features.first()
    assert feature is not None
    proposal = wish(product)
    answer_proposal(proposal=proposal, status=Status.SHIPPED, shipped_as=feature, at=DRAFTED)
    page = html(client, proposal.get_absolute_url())
    assert f"/builds/{build.slug}/#feature-{feature.pk}" in page
    assert proposal.get_absolute_url() in html(client, f"/builds/{build.slug}/")


def test_what_has_not_gone_out_is_not_told(client: Client, product: Product) -> None:
    draft = make_draft(product)
    proposal, feature = wish(product), draft.features.first()
    assert feature is not None
    answer_proposal(proposal=proposal, status=Status.SHIPPED, shipped_as=feature, at=DRAFTED)
    assert feature.title not in html(client, proposal.get_absolute_url())


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"one", "two", "three"}),
        ("?status=declined", {"two"}),
        ("?area=相机", {"three"}),
        ("?product=mi", {"three"}),
        ("?product=mi&status=declined", set()),
        ("?status=nonsense", set()),
    ],
)
def test_the_list_is_filtered(client: Client, query: str, shown: set[str]) -> None:
    product, other = make_product("os"), make_product("mi")
    wish(product, "wish one")
    answer_proposal(
        proposal=wish(product, "wish two"), status=Status.DECLINED, reason="x", at=DRAFTED
    )
    wish(other, "wish three", area="相机")
    page = html(client, LIST + query)
    assert {word for word in ("one", "two", "three") if f">wish {word}<" in page} == shown


def test_a_longer_list_costs_no_more_queries(client: Client) -> None:
    for number in range(3):
        wish(make_product(), author=make_member(), at=DRAFTED + timedelta(hours=number))
        if number == 0:
            with_one = queries_for(client, LIST)
    assert queries_for(client, LIST) == with_one


# --- writing and answering --------------------------------------------------------------------
def test_a_member_makes_a_wish_which_is_a_topic(product: Product) -> None:
    member = make_member()
    client = signed_in(member)
    assert reverse("proposals:create") in html(client, LIST)
    sent = {"product": product.pk, "title": "通话录音", "area": "电话", "body": "x"}
    answer = client.post(reverse("proposals:create"), sent)
    proposal = Proposal.objects.get()
    assert answer.url == proposal.get_absolute_url()
    assert (proposal.author, proposal.product, proposal.status) == (member, product, Status.OPEN)
    assert proposal.topic is not None
    assert (proposal.topic.title, proposal.topic.posts.get().body) == ("通话录音", "x")
    assert proposal.get_absolute_url() in html(client, proposal.topic.get_absolute_url())


def test_a_manager_edits_and_answers(manager: Member, product: Product) -> None:
    proposal, client = wish(product), signed_in(manager)
    build = make_draft(product)
    client.post(
        reverse("proposals:edit", args=[proposal.pk]), {"title": "录音四则", "area": "电话"}
    )
    client.post(
        reverse("proposals:answer", args=[proposal.pk]),
        {"status": "accepted", "accepted_for": build.pk},
    )
    proposal.refresh_from_db()
    assert proposal.topic is not None
    assert (proposal.topic.title, proposal.status) == ("录音四则", "accepted")
    assert proposal.accepted_for == build


def test_an_answer_without_its_reason_is_not_published(manager: Member, product: Product) -> None:
    proposal = wish(product)
    answer = signed_in(manager).post(
        reverse("proposals:answer", args=[proposal.pk]), {"status": "declined", "reason": " "}
    )
    assert "Say why" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.status == Status.OPEN


def test_other_products_cannot_be_chosen_in_an_answer(manager: Member, product: Product) -> None:
    elsewhere: Build = make_draft()
    answer = signed_in(manager).post(
        reverse("proposals:answer", args=[wish(product).pk]),
        {"status": "accepted", "accepted_for": elsewhere.pk},
    )
    assert "accepted_for" in answer.context["form"].errors


@pytest.mark.parametrize("page", ["edit", "answer", "merge"])
def test_who_manages_something_else_finds_nothing(product: Product, page: str) -> None:
    url = reverse(f"proposals:{page}", args=[wish(product).pk])
    stranger = make_member()
    make_product(managers=(stranger,))
    for outsider in (stranger, make_member(is_staff=True)):
        assert signed_in(outsider).get(url).status_code == 404
        assert signed_in(outsider).post(url, {"title": "x"}).status_code == 404
    assert Client().get(url).url.startswith(reverse("account_login"))
    assert signed_in(make_member(is_superuser=True)).get(url).status_code == 200


def test_a_longer_history_costs_no_more_queries(client: Client) -> None:
    proposal, asked = wish(make_product()), []
    for status in (Status.DEFERRED, Status.OPEN, Status.DEFERRED):
        answer_proposal(proposal=proposal, status=status, reason="x", by=make_member(), at=DRAFTED)
        asked.append(queries_for(client, proposal.get_absolute_url()))
    assert asked[2] == asked[0]
