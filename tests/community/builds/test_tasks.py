"""Beat's look at what is due."""

import pytest

from community.builds.models import Build
from community.builds.tasks import advance
from tests.community.builds.making import State, make_build


@pytest.mark.django_db
def test_what_is_due_is_done():
    build = make_build(State.SCHEDULED)
    Build.objects.filter(pk=build.pk).update(freeze_at="2000-01-01T00:00Z", plan_due_at=None)
    advance()
    build.refresh_from_db()
    assert build.frozen_at is not None
