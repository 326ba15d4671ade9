"""Medals that are asked for, run out, and are taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from community.honours import queries
from community.honours.domain import applying, medals
from community.honours.models import Medal, MedalApplication, MedalGrant, MedalStage
from community.members.models import Member
from community.moderation.domain import cases, settling
from community.moderation.domain.undoing import undo
from community.moderation.models import Case, LogEntry
from community.notices.models import Notice
from tests.community.forum.api.making import Caller
from tests.community.members.making import make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def host() -> MedalStage:
    """A medal of one stage that members apply for; it lasts ten days."""
    medal = Medal.objects.create(
        slug="host", name="Host", name_zh="主持人", is_by_application=True, lasts_days=10
    )
    return MedalStage.objects.create(medal=medal)


def told(member: Member) -> list[str]:
    return [str(notice) for notice in Notice.objects.filter(member=member).order_by("pk")]


def settle(outcome: str, answer: str = "") -> None:
    case, admin = Case.objects.unsettled().get(), make_member(is_superuser=True)
    cases.claim(case=case, by=admin, at=NOW)
    settling.settle(case=case, outcome=outcome, by=admin, at=NOW, answer=answer)


def test_a_member_asks_and_staff_give_it_in_the_queue(host: MedalStage) -> None:
    mei = make_member("mei")
    page = signed_in(mei).post("/medals/host/apply/", {"words": "Ten evenings in Chengdu"})
    assert page.status_code == 302
    assert "you have applied" in signed_in(mei).get("/medals/").text
    settle("approved")
    (held,) = queries.medals_of(mei, NOW)
    assert (held.reason, held.until) == ("Host", NOW + 10 * DAY)  # not their own words
    assert told(mei) == ["You have the medal “Host”"]
    with translation.override("zh-hans"):
        assert "主持人" in signed_in(mei).get("/notices/", headers={"Accept-Language": "zh"}).text


def test_who_is_refused_hears_why_and_waits_a_month(host: MedalStage) -> None:
    mei, medal = make_member("mei"), host.medal

    def ask(at=NOW) -> MedalApplication:
        return applying.apply(medal=medal, member=mei, words="x", at=at)

    ask()
    with pytest.raises(applying.WaitsAlready):
        ask()
    settle("refused", "Not yet")
    assert told(mei) == ["Your application for the medal “Host” was not granted: Not yet"]
    with pytest.raises(applying.RefusedLately):
        ask(NOW + 29 * DAY)
    assert ask(NOW + 31 * DAY).state == "waiting"
    settle("approved")
    with pytest.raises(applying.HeldAlready):
        ask(NOW + DAY)


def test_a_medal_runs_out_and_can_be_given_again(host: MedalStage) -> None:
    mei, admin = make_member("mei"), make_member()

    def give(at) -> bool:
        return medals.give(stage=host, member=mei, by=admin, reason="x", at=at)

    assert [give(NOW), give(NOW + 9 * DAY)] == [True, False]
    later = NOW + 11 * DAY
    assert queries.medals_of(mei, later) == []
    medals.end_run_out(at=later)
    host.refresh_from_db()
    assert (MedalGrant.objects.get().ended_at, host.holders) == (NOW + 10 * DAY, 0)
    assert give(later)
    assert queries.medals_of(mei, later)[0].since == later


def test_a_medal_is_taken_back_with_a_reason_and_brought_back(host: MedalStage) -> None:
    mei, admin = make_member("mei"), make_member("boss", is_superuser=True)
    medals.give(stage=host, member=mei, by=admin, reason="x", at=NOW)
    grant = MedalGrant.objects.get()
    address = f"/medals/grants/{grant.pk}/take-back/"
    assert signed_in(mei).get(address).status_code == 404
    staff = signed_in(admin)
    assert address in staff.get("/members/mei/").text
    assert staff.post(address, {"end_reason": ""}).status_code == 422
    assert staff.post(address, {"end_reason": "Photographs of others"}).status_code == 302
    assert queries.medals_of(mei, NOW) == []
    assert told(mei)[-1] == "The medal “Host” was taken back: Photographs of others"
    entry = LogEntry.objects.get(act="take_medal")
    assert entry.detail["reason"] == "Photographs of others"
    undo(entry=entry, by=admin, at=NOW)
    assert [held.reason for held in queries.medals_of(mei, NOW)] == ["x"]


def test_what_staff_took_back_no_rule_grants_again(host: MedalStage) -> None:
    mei, admin = make_member("mei"), make_member()
    kinds = medals.medals.kinds()
    assert kinds
    medal = Medal.objects.get(slug=kinds[0].slug)
    stage = medal.stages.order_by("number")[0]
    medals.give(stage=stage, member=mei, by=admin, reason="x", at=NOW)
    medals.take_back(grant=MedalGrant.objects.get(), by=admin, reason="y", at=NOW)
    rows = f"SELECT {mei.pk}, {stage.number}"
    with medals.connection.cursor() as cursor:
        cursor.execute(medals._GRANT_ALL.format(query=rows), [NOW, medal.slug])
        assert cursor.fetchall() == []


def test_asking_and_taking_back_by_the_api(host: MedalStage) -> None:
    mei, admin = Caller(make_member("mei")), Caller(make_member(is_superuser=True))
    address = "medals/host/application/"
    assert mei("GET", address)[0] == 404
    assert mei("POST", address, {"words": "me"})[1]["state"] == "waiting"
    assert mei("POST", address, {"words": "me"})[1]["code"] == "waits_already"
    settle("approved", "Thanks")
    assert mei.get(address)["answer"] == "Thanks"
    assert mei("POST", address, {"words": "me"})[1]["code"] == "held_already"
    (held,) = mei.get("members/mei/medals/")
    back = f"medals/grants/{held['id']}/take-back/"
    assert mei("POST", back, {"reason": "x"})[0] == 404
    for _time in range(2):
        assert admin("POST", back, {"reason": "x"})[0] == 204
    assert mei.get("members/mei/medals/") == []
    Medal.objects.update(is_by_application=False)
    assert mei("POST", address, {"words": "me"})[0] == 404


def test_the_page_of_medals_costs_the_same_however_many_one_asks_for(host: MedalStage) -> None:
    mei = make_member("mei")

    def ask(*slugs: str) -> int:
        for slug in slugs:
            medal = Medal.objects.create(slug=slug, name=slug, name_zh=slug, is_by_application=True)
            MedalStage.objects.create(medal=medal)
            applying.apply(medal=medal, member=mei, words="x", at=NOW)
        return queries_for(signed_in(mei), "/medals/")

    assert ask("a") == ask("b", "c")


def test_staff_give_a_medal_by_the_api(host: MedalStage) -> None:
    mei, admin = make_member("mei"), Caller(make_member(is_superuser=True))
    address, body = "medals/host/grants/", {"member": "Mei", "number": 1, "reason": "Ten evenings"}
    assert Caller(mei)("POST", address, body)[0] == 404
    status, given = admin("POST", address, body)
    assert (status, given["member"], given["reason"]) == (201, "mei", "Ten evenings")
    assert [held.id for held in queries.medals_of(mei, timezone.now())] == [given["id"]]
    assert admin("POST", address, body)[1]["code"] == "held_already"
    assert admin("POST", address, body | {"member": "nobody"})[0] == 400
    assert admin("POST", address, body | {"number": 2})[0] == 404
    Medal.objects.update(is_by_rule=True, is_by_application=False, lasts_days=None)
    assert admin("POST", address, body)[0] == 404
