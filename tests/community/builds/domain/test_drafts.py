"""Drafts, and what stands on a build's page."""

from decimal import Decimal

import pytest

from community.builds.domain import details, drafts, week
from community.builds.domain.details import Download
from community.builds.domain.refusals import Invalid, Taken, WrongState
from community.builds.models import Build
from tests.community.builds.making import (
    DRAFTED,
    FRIDAY,
    State,
    make_build,
    make_draft,
    make_member,
    make_product,
)

pytestmark = pytest.mark.django_db
SHA = "a" * 64


def draft(product, version="6.11.20", **fields):
    return drafts.create_draft(product=product, version=version, at=DRAFTED, **fields)


def test_a_draft_takes_the_next_number_of_its_channel():
    product, manager = make_product(requires_older_account=True), make_member()
    build, is_new = draft(product, by=manager, notes=" New. ")
    assert is_new
    assert (build.number, build.slug, build.state) == (1, "6.11.20", State.DRAFT)
    assert (build.created_by, build.notes) == (manager, "New.")
    assert (build.requires_older_account, build.requires_verified_install) == (True, False)
    assert draft(product, "6.11.27")[0].number == 2
    assert draft(product, "6.11.27-daily", channel="daily")[0].number == 1


def test_a_version_is_drafted_once():
    product = make_product()
    assert draft(product)[0] == draft(product, " 6.11.20 ")[0]
    assert not draft(product)[1]


def test_the_same_version_of_another_product_has_its_own_address():
    draft(make_product())
    assert draft(make_product("pad"))[0].slug == "pad-6.11.20"


def test_an_address_that_is_twice_taken_is_refused():
    product = make_product("pad")
    draft(product, "1/2")
    draft(product, "1 2")
    with pytest.raises(Taken, match="has that address"):
        draft(product, "1:2")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"version": " / "}, "needs a version"), ({"channel": "hourly"}, "no such channel")],
)
def test_a_draft_without_sense_is_refused(fields, sentence):
    with pytest.raises(Invalid, match=sentence):
        draft(make_product(), **fields)


def test_a_number_is_given_once():
    product = make_product()
    draft(product, number=301)
    with pytest.raises(Taken, match="has that number"):
        draft(product, "6.11.27", number=301)


def test_a_draft_may_be_called_otherwise():
    build = make_draft(changes=0)
    details.edit_identity(build_id=build.pk, version=" 7.0 ", channel="stable", number=9)
    build.refresh_from_db()
    assert (build.version, build.channel, build.number) == ("7.0", "stable", 9)
    with pytest.raises(Invalid):
        details.edit_identity(build_id=build.pk, version=" ", channel="stable", number=9)
    other = make_draft(build.product, changes=0)
    with pytest.raises(Taken, match="has that version"):
        details.edit_identity(build_id=other.pk, version="7.0", channel="daily", number=1)
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    with pytest.raises(WrongState):
        details.edit_identity(build_id=build.pk, version="8", channel="stable", number=9)


def rule(build: Build) -> None:
    details.edit_vote_rules(
        build_id=build.pk,
        result_rule=Build.ResultRule.AFTER_CLOSE,
        requires_verified_install=True,
        requires_older_account=True,
    )


def test_the_rules_of_the_vote_are_fixed_when_it_goes_out():
    build = make_draft(changes=0)
    rule(build)
    build.refresh_from_db()
    assert (build.result_rule, build.requires_verified_install) == ("after_close", True)
    with pytest.raises(WrongState):
        rule(make_build())


def test_the_page_may_be_put_right_at_any_time():
    build = make_build()
    files = [Download("rom.zip", "https://example.org/rom.zip", SHA.upper(), 5)]
    for _twice in range(2):
        details.edit_page(
            build_id=build.pk, notes=" Notes ", files=files, known_issues=["NFC is slow.", " "]
        )
    build.refresh_from_db()
    assert build.notes == "Notes"
    assert (build.files.get().sha256, str(build.files.get())) == (SHA, "rom.zip")
    assert str(build.known_issues.get()) == "NFC is slow."


@pytest.mark.parametrize(
    ("names", "sha", "sentence"),
    [(["a", "a"], SHA, "same name"), (["a"], "beef", "64 hexadecimal digits")],
)
def test_files_that_make_no_sense_are_refused(names, sha, sentence):
    build = make_draft(changes=0)
    files = [Download(name, "https://example.org/", sha) for name in names]
    with pytest.raises(Invalid, match=sentence):
        details.edit_page(build_id=build.pk, notes="", files=files, known_issues=[])
    assert not build.files.exists()


def test_the_installed_base_sums_to_one():
    build = make_build()
    shares = {"Orange 5": Decimal("0.75"), "Orange 4": Decimal("0.25")}
    details.set_installed_shares(build_id=build.pk, shares=shares)
    assert dict(build.installed_shares.values_list("family", "share")) == shares
    assert str(build.installed_shares.get(family="Orange 4")) == "Orange 4 0.2500"
    with pytest.raises(Invalid, match=r"sum to 0\.75"):
        details.set_installed_shares(build_id=build.pk, shares={"Orange 5": Decimal("0.75")})
    details.set_installed_shares(build_id=build.pk, shares={})
    assert not build.installed_shares.exists()
    with pytest.raises(WrongState):
        details.set_installed_shares(build_id=make_build(State.CLOSED).pk, shares={})
