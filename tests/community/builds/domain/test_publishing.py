"""Orange Friday: frozen, sent out once, late or early, with its topic."""

import pytest

from community.builds.domain import week
from community.builds.domain.refusals import (
    ChangeListIncomplete,
    Held,
    NoSuchBuild,
    TooEarly,
    TooLate,
    WrongState,
)
from community.builds.models import Build, InstalledShare, ProductDevice
from community.forum.models import Topic
from tests.community.builds.making import (
    CLOSE,
    DAY,
    DRAFTED,
    FREEZE,
    FRIDAY,
    HOUR,
    MINUTE,
    PUBLISH,
    State,
    add_feature,
    make_build,
    make_draft,
    make_product,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    return make_build(State.SCHEDULED, version="6.11.20")


def test_a_build_goes_out_at_its_hour_and_opens_its_topic(build):
    assert week.publish(build_id=build.pk, at=PUBLISH)
    build.refresh_from_db()
    assert (build.state, build.published_at) == (State.PUBLISHED, PUBLISH)
    assert build.ballots_open_at == build.publish_at == build.frozen_at == PUBLISH
    assert build.topic is not None
    assert build.topic.board.slug == "releases"
    assert (build.topic.kind, build.topic.author) == (Topic.Kind.ANNOUNCEMENT, None)
    assert build.topic.title == f"{build.product.name} 6.11.20"
    assert "林浩、Mei" in build.topic.posts.get().body


def test_publishing_twice_does_it_once(build):
    assert week.publish(build_id=build.pk, at=PUBLISH)
    assert not week.publish(build_id=build.pk, at=PUBLISH + HOUR)
    assert Topic.objects.count() == 1


def test_seconds_late_is_on_time(build):
    week.publish(build_id=build.pk, at=PUBLISH + MINUTE)
    build.refresh_from_db()
    assert build.ballots_open_at == PUBLISH
    assert not build.late_by


def test_late_the_ballots_open_at_the_real_moment(build):
    week.publish(build_id=build.pk, at=PUBLISH + 2 * HOUR)
    build.refresh_from_db()
    assert build.ballots_open_at == PUBLISH + 2 * HOUR
    assert build.late_by == 2 * HOUR


def test_a_manager_may_go_before_the_hour(build):
    with pytest.raises(TooEarly, match="goes out on"):
        week.publish(build_id=build.pk, at=PUBLISH - DAY)
    assert week.publish(build_id=build.pk, at=PUBLISH - DAY, is_early=True)
    build.refresh_from_db()
    assert build.ballots_open_at == PUBLISH - DAY
    assert not build.late_by


def test_ballots_planned_for_later_open_later():
    build = make_draft(make_product(calendar={"ballots_open": [0, "20:00"]}))
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=build.pk, at=PUBLISH)
    build.refresh_from_db()
    assert build.ballots_open_at == PUBLISH + 3 * HOUR


def test_a_build_that_missed_its_window_does_not_go_out(build):
    with pytest.raises(TooLate, match="missed its whole window"):
        week.publish(build_id=build.pk, at=CLOSE)


def test_a_held_build_waits_until_it_is_released(build):
    assert week.hold(build_id=build.pk, reason="Waiting for the radio firmware.")
    assert not week.hold(build_id=build.pk)
    with pytest.raises(Held, match="release it first"):
        week.publish(build_id=build.pk, at=PUBLISH)
    assert week.release(build_id=build.pk)
    assert not week.release(build_id=build.pk)
    assert week.publish(build_id=build.pk, at=PUBLISH + HOUR)


def test_only_a_scheduled_build_can_be_held():
    with pytest.raises(WrongState, match="is a draft"):
        week.hold(build_id=make_draft().pk)


@pytest.mark.parametrize("state", [State.DRAFT, State.CANCELLED, State.RECALLED])
def test_other_states_do_not_go_out(state):
    with pytest.raises(WrongState):
        week.publish(build_id=make_build(state).pk, at=PUBLISH)


def test_a_build_that_is_gone_is_said_to_be():
    with pytest.raises(NoSuchBuild):
        week.publish(build_id=0, at=PUBLISH)


def test_the_list_is_frozen_at_its_hour_once(build):
    with pytest.raises(TooEarly, match="frozen on"):
        week.freeze(build_id=build.pk, at=FREEZE - MINUTE)
    assert week.freeze(build_id=build.pk, at=FREEZE)
    assert not week.freeze(build_id=build.pk, at=FREEZE + HOUR)
    week.publish(build_id=build.pk, at=PUBLISH)
    build.refresh_from_db()
    assert build.frozen_at == FREEZE


def test_an_incomplete_list_names_what_lacks_credit(build):
    for title in ("Dual clock", "One hand", "SMS search", "Themes"):
        add_feature(build, title=title)
    with pytest.raises(ChangeListIncomplete) as refusal:
        week.freeze(build_id=build.pk, at=FREEZE)
    assert refusal.value.features == ["Dual clock", "One hand", "SMS search", "Themes"]
    assert "“Dual clock”, “One hand”, “SMS search” and 1 more" in str(refusal.value)
    with pytest.raises(ChangeListIncomplete):
        week.publish(build_id=build.pk, at=PUBLISH)
    assert not Topic.objects.exists()


def test_a_share_too_little_is_incomplete(build):
    feature = add_feature(build, "Zoe", title="Dual clock")
    feature.credits.update(share="0.9999")
    with pytest.raises(ChangeListIncomplete, match="“Dual clock”"):
        week.freeze(build_id=build.pk, at=FREEZE)


def test_an_empty_list_is_incomplete():
    build = make_build(State.SCHEDULED, changes=0)
    with pytest.raises(ChangeListIncomplete, match="no change in this build"):
        week.publish(build_id=build.pk, at=PUBLISH)


def test_thirds_are_signed_in_full(build):
    add_feature(build, "A", "B", "C")
    assert week.freeze(build_id=build.pk, at=FREEZE)


def test_the_installed_base_is_copied_as_it_stands():
    product = make_product()
    ProductDevice.objects.create(product=product, family="Orange 5", share="0.6")
    ProductDevice.objects.create(product=product, family="Orange 4", share="0.4")
    ProductDevice.objects.create(product=product, family="Tablet")
    build = make_build(product=product)
    assert set(build.installed_shares.values_list("family", flat=True)) == {"Orange 5", "Orange 4"}


def test_shares_typed_for_the_build_stay():
    product = make_product()
    ProductDevice.objects.create(product=product, family="Orange 5", share="1")
    build = make_build(State.SCHEDULED, product)
    InstalledShare.objects.create(build=build, family="Orange 4", share="1")
    week.publish(build_id=build.pk, at=PUBLISH)
    assert build.installed_shares.get().family == "Orange 4"


def test_long_notes_are_begun_in_the_topic():
    paragraph = "word " * 500
    build = make_build(notes="\n\n".join([paragraph] * 4))
    body = build.topic.posts.get().body
    assert body.count("…") == 1
    assert len(body) < 7000


def test_marks_in_titles_are_not_markup_in_the_topic(build):
    add_feature(build, "Zoe", title="**Bold** [link](javascript:alert(1))")
    week.publish(build_id=build.pk, at=PUBLISH)
    build.refresh_from_db()
    assert r"\*\*Bold\*\* \[link\]\(javascript:alert\(1\)\)" in build.topic.posts.get().body
