"""What readers find: the archive, a build, engineers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.safestring import mark_safe

from community.builds import panels
from community.builds.domain import details, engineers, week
from community.builds.domain.details import Download
from community.builds.models import Engineer, EngineerClaim, Thanks
from community.builds.views.archive import months
from tests.community.builds.making import (
    DRAFTED,
    FRIDAY,
    HOUR,
    PUBLISH,
    State,
    add_feature,
    make_build,
    make_draft,
    make_engineer,
    make_member,
    make_product,
)

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(autouse=True)
def no_panels(monkeypatch):
    """Other rooms' panels are their own tests' matter."""
    for registry in ("_of_builds", "_of_features", "_of_engineers"):
        monkeypatch.setattr(panels, registry, type(getattr(panels, registry))(list))


def test_the_archive_is_a_calendar():
    build = make_build(version="6.11.20")
    (month,) = months([build, make_draft()])
    assert (month.first, month.builds) == (date(2026, 11, 1), [build])
    assert [day.on.weekday() for day in month.weeks[0]] == list(range(7))
    marked = [day.on for days in month.weeks for day in days if day.builds]
    assert marked == [FRIDAY]
    assert "6.11.20" in page(Client(), "/builds/")


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("product=phone", True),
        ("product=pad", False),
        ("channel=weekly", True),
        ("channel=daily", False),
        ("state=published", True),
        ("state=recalled", False),
        ("area=Clock", True),
        ("area=Camera", False),
        ("year=2026", True),
        ("year=2025", True),
        ("year=soon", True),
    ],
)
def test_the_archive_is_filtered_by_address(query, is_found):
    draft = make_draft(make_product("phone"), version="6.11.20")
    add_feature(draft, "Zoe", area="Clock")
    week.schedule(build_id=draft.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=draft.pk, at=PUBLISH)
    assert ("/builds/6.11.20/" in main(page(Client(), f"/builds/?{query}"))) == is_found


def main(html: str) -> str:
    """The page without its frame, which has links of its own."""
    return html.split("<main", 1)[1].split("</main>", maxsplit=1)[0]


def test_years_are_linked():
    make_build(release_on=date(2027, 1, 1))
    make_build()
    html = page(Client(), "/builds/")
    assert "?year=2026" in html
    assert "?year=2027" in html


def test_a_build_shows_its_changes_under_their_areas():
    build = make_draft(version="6.11.20", changes=1)
    add_feature(build, "Zoe", title="Dual <clock>", area="Clock", body="*Two* <script>")
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=build.pk, at=PUBLISH + 3 * HOUR)
    html = page(Client(), "/builds/6.11.20/")
    assert html.index("Clock") < html.index("Everything else")
    assert "Dual &lt;clock&gt;" in html
    assert "<em>Two</em> &lt;script&gt;" in html
    assert "3 hours late" in html.replace("\xa0", " ")
    assert "by 3 engineers" in html


def test_a_download_has_its_sum_and_its_code():
    build = make_build(version="6.11.20")
    files = [Download("rom.zip", "https://example.org/rom.zip", "ab" * 32, 1234)]
    details.edit_page(build_id=build.pk, notes="", files=files, known_issues=["NFC is slow."])
    html = page(Client(), "/builds/6.11.20/")
    assert "ab" * 32 in html
    assert "NFC is slow." in html
    code = Client().get(reverse("builds:download_code", args=["6.11.20", build.files.get().pk]))
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<?xml")


def test_a_hidden_topic_is_not_linked():
    build = make_build(version="6.11.20")
    address = f"/forum/topics/{build.topic_id}/"
    assert address in page(Client(), "/builds/6.11.20/")
    type(build.topic).objects.update(hidden_at=PUBLISH)
    assert address not in page(Client(), "/builds/6.11.20/")


def test_other_rooms_show_their_panels():
    build = make_build(version="6.11.20")
    feature = build.features.first()
    panels.register("build.action", lambda request, build: mark_safe("<b>vote</b>"))
    panels.register("build.after_features", lambda request, build: "<i>")
    panels.register_for_features(
        "feature.verdict", lambda request, build, ids: {feature.pk: f"loved, one of {len(ids)}"}
    )
    panels.register_for_engineers("engineer.after", lambda request, engineer: f"Ask {engineer}")
    html = page(Client(), "/builds/6.11.20/")
    assert "<b>vote</b>" in html
    assert "&lt;i&gt;" in html
    assert html.count("loved, one of 2") == 1
    assert "Ask 林浩" in page(Client(), "/engineers/林浩/")
    with pytest.raises(ValueError, match=r"no slot 'build\.below'"):
        panels.register("build.below", lambda request, build: "")


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("", True),
        ("林", True),
        ("lin hao", True),
        ("linhao", True),
        ("lh", True),
        ("LinHao9", True),
        ("zoe", False),
    ],
)
def test_engineers_are_found_by_name_handle_and_pinyin(search, is_found):
    make_build()
    engineers.find_or_create(name="林浩", handle="linhao9", at=DRAFTED)
    html = page(Client(), f"/engineers/?q={search}")
    assert ("/engineers/%E6%9E%97%E6%B5%A9/" in html) == is_found


def test_engineers_of_what_is_still_a_draft_are_not_listed():
    make_draft()
    assert "林浩" not in page(Client(), "/engineers/")
    assert Client().get("/engineers/林浩/").status_code == 404


def test_an_engineer_shows_what_they_built():
    build = make_draft(version="6.11.20", changes=0)
    add_feature(build, "林浩", "Mei", "Zoe", title="Dual clock", area="Clock")
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=build.pk, at=PUBLISH)
    html = page(Client(), "/engineers/林浩/")
    assert "Dual clock" in html
    assert "Clock 1" in html
    assert "33" in html


def test_a_merged_name_leads_to_who_it_is():
    make_build()
    engineers.merge(engineer=make_engineer("Mei"), into=make_engineer("林浩"))
    response = Client().get("/engineers/mei/")
    assert response.status_code == 302
    assert response["Location"] == "/engineers/%E6%9E%97%E6%B5%A9/"
    assert "4 changes" in page(Client(), "/engineers/林浩/")


def test_thanks_are_given_and_taken_back(member):
    build = make_build(version="6.11.20")
    assert "Say thanks for 6.11.20" in page(member, "/engineers/mei/")
    for _double_click in range(2):
        assert member.post("/engineers/mei/thank/", {"build": "6.11.20"}).status_code == 302
    assert Thanks.objects.get().build == build
    html = page(member, "/engineers/mei/")
    assert "Thanked for 6.11.20" in html
    assert "thanked once" in html
    member.post("/engineers/mei/thank/", {"build": "6.11.20", "take_back": "1"})
    assert not Thanks.objects.exists()


def test_thanks_for_what_one_did_not_build_are_refused(member):
    make_build(version="6.11.20")
    other = make_draft(version="7", changes=0)
    add_feature(other, "Zoe")
    week.schedule(build_id=other.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=other.pk, at=PUBLISH)
    response = member.post("/engineers/zoe/thank/", {"build": "6.11.20"}, follow=True)
    assert "did not work on" in response.content.decode()
    for nothing in ("none", "", "\0"):
        assert member.post("/engineers/zoe/thank/", {"build": nothing}).status_code == 404


def test_nobody_thanks_themselves(member):
    make_build(version="6.11.20")
    Engineer.objects.filter(name="Mei").update(member=member.session["_auth_user_id"])
    assert member.post("/engineers/mei/thank/", {"build": "6.11.20"}).status_code == 404


def test_a_member_claims_a_name_once(member):
    make_build()
    for _double_click in range(2):
        member.post("/engineers/mei/claim/", {"evidence": "My key."})
    assert EngineerClaim.objects.get().evidence == "My key."
    assert "You said that this is you" in page(member, "/engineers/mei/")
    assert "required" in member.post("/engineers/mei/claim/", {"evidence": ""}).content.decode()


def test_an_engineer_does_not_claim_another_name(member):
    make_build()
    Engineer.objects.filter(name="Mei").update(member=member.session["_auth_user_id"])
    response = member.post("/engineers/林浩/claim/", {"evidence": "Me too."})
    assert "You are an engineer here already" in response.content.decode()
    assert member.get("/engineers/mei/claim/").status_code == 404


def test_an_engineer_changes_the_name_shown_and_opts_out(member):
    make_build(version="6.11.20")
    Engineer.objects.filter(name="Mei").update(member=member.session["_auth_user_id"])
    assert "Hide my page" in page(member, "/engineers/mei/edit/")
    member.post("/engineers/mei/edit/", {"name": "梅兰"})
    member.post("/engineers/mei/hide/", {"is_hidden": "1"})
    assert Client().get("/engineers/mei/").status_code == 404
    assert "This page is hidden" in page(member, "/engineers/mei/")
    shown = page(Client(), "/builds/6.11.20/")
    assert "梅兰" in shown
    assert "/engineers/mei/" not in shown
    member.post("/engineers/mei/hide/", {"is_hidden": "0"})
    assert "梅兰" in page(Client(), "/engineers/mei/")


def test_others_cannot_hide_or_rename_an_engineer(member):
    make_build()
    assert member.post("/engineers/mei/hide/", {"is_hidden": "1"}).status_code == 404
    assert member.get("/engineers/mei/edit/").status_code == 404


def test_recalled_and_cancelled_builds_say_why(manager, product):
    make_build(State.RECALLED, version="recalled")
    assert "It does not start." in page(Client(), "/builds/recalled/")
    make_build(State.CANCELLED, product, version="cancelled")
    assert "Not this week." in page(manager, "/builds/cancelled/")
    assert Client().get("/builds/cancelled/").status_code == 404


def test_a_name_an_account_left_is_free_again(member):
    make_build()
    mei = make_engineer("Mei", member=make_member())
    assert member.get("/engineers/mei/claim/").status_code == 404
    Engineer.objects.filter(pk=mei.pk).update(member=None)
    assert "You are Mei?" in page(member, "/engineers/mei/claim/")
