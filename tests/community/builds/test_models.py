"""What the database refuses whoever asks, in plain SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from community.builds.domain.refusals import violated
from community.builds.models import Build, Credit, Feature
from community.forum.models import Topic
from tests.community.builds.making import (
    CLOSE,
    PUBLISH,
    State,
    add_feature,
    make_build,
    make_draft,
    make_engineer,
    make_product,
)

pytestmark = pytest.mark.django_db


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def refused_by(sql: str) -> str:
    with pytest.raises(IntegrityError) as error:
        execute(sql)
    return violated(error.value)


def test_a_build_begins_as_a_draft():
    with pytest.raises(IntegrityError, match="begins as a draft"):
        Build.objects.create(
            product=make_product(),
            number=1,
            version="1",
            slug="1",
            created_at=PUBLISH,
            state=State.CANCELLED,
        )


def test_a_window_is_extended_once():
    build = make_build()
    execute("UPDATE builds_build SET extended_at = now()")
    sql = f"UPDATE builds_build SET extended_at = NULL WHERE id = {build.pk}"
    assert refused_by(sql) == "build_published_stands"


def test_notes_may_be_put_right_after_publishing():
    make_build()
    execute("UPDATE builds_build SET notes = 'Known to work.'")


def test_a_published_build_is_not_deleted():
    build = make_build()
    assert refused_by(f"DELETE FROM builds_build WHERE id = {build.pk}") == "build_published_stands"


def test_changes_of_a_draft_may_be_deleted():
    make_draft()
    Feature.objects.all().delete()


def test_a_change_does_not_move_into_a_published_build():
    elsewhere, build = make_draft(), make_build()
    sql = f"UPDATE builds_feature SET build_id = {build.pk} WHERE build_id = {elsewhere.pk}"
    assert refused_by(sql) == "build_change_list_frozen"


def test_where_a_change_is_talked_about_may_change():
    build = make_build()
    Feature.objects.filter(build=build).update(topic=Topic.objects.get())


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE builds_credit SET share = 0.25",
        "UPDATE builds_credit SET engineer_id = engineer_id",
        "DELETE FROM builds_credit",
        (
            "INSERT INTO builds_credit (feature_id, engineer_id, share)"
            " SELECT min(builds_feature.id), max(builds_engineer.id), 0.1"
            " FROM builds_feature, builds_engineer"
        ),
        (
            'INSERT INTO builds_feature (build_id, position, title, body, area, kind, "references",'
            " fingerprint) SELECT id, 99, 'More', '', '', 'fix', '{}', '' FROM builds_build"
        ),
        "DELETE FROM builds_feature",
    ],
)
def test_credits_and_changes_of_a_published_build_stay(sql):
    make_build()
    make_engineer("Zoe")
    assert refused_by(sql) == "build_change_list_frozen"


def test_a_list_is_not_frozen_unsigned():
    build = make_build(State.SCHEDULED)
    add_feature(build, title="Dual clock")
    assert refused_by("UPDATE builds_build SET frozen_at = now()") == "build_change_list_complete"


@pytest.mark.parametrize("share", ["0", "1.1", "-0.1"])
def test_a_share_is_a_share(share):
    make_draft(changes=1)
    assert refused_by(f"UPDATE builds_credit SET share = {share}") == "credit_share_is_share"


def test_queries_read_like_the_week():
    build = make_build()
    builds = Build.objects
    assert list(builds.public()) == list(builds.open_for_ballots(PUBLISH)) == [build]
    assert not builds.open_for_ballots(CLOSE)
    assert not builds.voted_to_the_end()
    assert build.is_open_for_ballots(PUBLISH)
    assert not build.is_open_for_ballots(CLOSE)
    assert str(build) == build.version


def test_a_draft_is_not_late():
    assert not make_draft(changes=0).late_by


def test_people_read_names():
    build = make_draft(changes=1)
    credit = Credit.objects.select_related("engineer").first()
    assert credit is not None
    assert str(credit) == f"{credit.engineer.name} 0.5000"
    assert str(build.features.get()) == build.features.get().title
    assert str(build.product) == build.product.name
