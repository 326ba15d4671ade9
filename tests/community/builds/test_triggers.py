"""What stays as it was, by triggers: a build in each state is made once, none may change."""

import pytest
from django.db import IntegrityError

from community.builds.domain.refusals import violated
from community.builds.models.triggers import MOVES
from tests.community.builds.making import State, make_build
from tests.community.builds.test_models import execute, refused_by

pytestmark = pytest.mark.django_db

BUILD_FOR_GOOD = {
    "number": "number + 1",
    "version": "'9'",
    "slug": "'9'",
    "channel": "'daily'",
    "release_on": "'2026-11-21'",
    "publish_at": "publish_at - interval '1 minute'",
    "frozen_at": "NULL",
    "published_at": "published_at - interval '1 minute'",
    "ballots_open_at": "ballots_open_at + interval '1 minute'",
    "result_rule": "'after_close'",
    "requires_verified_install": "true",
    "requires_older_account": "true",
}
AFTER_THE_VOTE = {
    "ballots_close_at": "ballots_close_at - interval '1 minute'",
    "closed_at": "closed_at + interval '1 minute'",
    "extended_at": "now()",
}
FEATURE_FOR_GOOD = {
    "build_id": "(SELECT min(id) FROM builds_build)",
    "position": "position + 100",
    "title": "'Better'",
    "body": "'Better'",
    "area": "'Camera'",
    "kind": "'fix'",
    '"references"': "'{1}'",
    "fingerprint": "'f'",
}


@pytest.fixture(scope="module")
def builds(stage):
    """The draft is the first of all builds."""
    return {state: make_build(State(state)) for state in State.values}


@pytest.mark.parametrize("old", State.values)
@pytest.mark.parametrize("new", State.values)
def test_a_build_moves_only_along_its_week(builds, old, new):
    build = builds[old]
    sql = f"UPDATE builds_build SET state = '{new}' WHERE id = {build.pk}"
    if new == old:
        execute(sql)
    elif new in MOVES[old]:
        # Other constraints may still ask for more; the move itself is allowed.
        try:
            execute(sql)
        except IntegrityError as error:
            assert violated(error) != "build_state_moves"  # noqa: PT017 any other error may come
    else:
        assert refused_by(sql) == "build_state_moves"


@pytest.mark.parametrize("column", BUILD_FOR_GOOD)
def test_what_was_published_stays(builds, column):
    build = builds[State.PUBLISHED]
    sql = f"UPDATE builds_build SET {column} = {BUILD_FOR_GOOD[column]} WHERE id = {build.pk}"
    assert refused_by(sql) == "build_published_stands"


@pytest.mark.parametrize("column", AFTER_THE_VOTE)
def test_after_the_vote_the_window_stays(builds, column):
    build = builds[State.CLOSED]
    sql = f"UPDATE builds_build SET {column} = {AFTER_THE_VOTE[column]} WHERE id = {build.pk}"
    assert refused_by(sql) == "build_published_stands"


@pytest.mark.parametrize("column", FEATURE_FOR_GOOD)
def test_signed_changes_stay(builds, column):
    build = builds[State.PUBLISHED]
    sql = (
        f"UPDATE builds_feature SET {column} = {FEATURE_FOR_GOOD[column]}"
        f" WHERE build_id = {build.pk}"
    )
    assert refused_by(sql) == "build_change_list_frozen"
