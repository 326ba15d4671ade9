"""Who may do what: a matrix of people and builds."""

import pytest
from django.contrib.auth.models import AnonymousUser

from community.builds import permissions
from community.builds.domain import engineers
from community.builds.models import EngineerClaim
from community.members.models import Member
from tests.community.builds.making import (
    DRAFTED,
    State,
    make_build,
    make_draft,
    make_engineer,
    make_member,
    make_product,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    gone = make_member("gone", is_active=False)
    people = {
        "nobody": AnonymousUser(),
        "member": make_member("member"),
        "engineer": make_member("engineer"),
        "manager": make_member("manager"),
        "elsewhere": make_member("elsewhere"),
        "admin": make_member("admin", is_superuser=True),
        "gone": gone,
    }
    make_product("phone", managers=(people["manager"], gone))
    make_product("pad", managers=(people["elsewhere"],))
    make_engineer("林浩", member=people["engineer"])
    return people


def allowed(people, may) -> set[str]:
    return {name for name, user in people.items() if may(user)}


def product_of(people):
    return people["manager"].managed_products.get()


@pytest.mark.parametrize("may", ["can_publish", "can_edit"])
def test_builds_are_their_managers(people, may):
    build = make_draft(product_of(people))
    assert allowed(people, lambda user: getattr(permissions, may)(user, build)) == {
        "manager",
        "admin",
    }
    assert allowed(people, lambda user: permissions.can_manage(user, build.product)) == {
        "manager",
        "admin",
    }


def test_the_studio_is_for_managers(people):
    assert allowed(people, permissions.can_open_studio) == {"manager", "elsewhere", "admin"}


def test_what_went_out_may_be_installed():
    assert permissions.can_report_install(make_build())
    assert not permissions.can_report_install(make_draft())


def test_nobody_edits_what_stands(people):
    build = make_build(product=product_of(people))
    assert allowed(people, lambda user: permissions.can_edit(user, build)) == set()


def test_a_merged_engineer_is_credited_still(people):
    feature = make_build().features.first()
    credited = lambda user: permissions.is_credited(user, feature)
    assert allowed(people, credited) == {"engineer"}
    engineers.merge(engineer=make_engineer("林浩"), into=make_engineer("Lin"))
    assert allowed(people, credited) == {"engineer"}


def test_a_page_of_an_engineer_begins_with_a_build(people):
    draft = make_draft(product_of(people))
    mei = make_engineer("Mei")
    see = lambda user: permissions.can_see_engineer(user, mei)
    assert allowed(people, see) == {"manager", "admin"}
    make_build()
    assert allowed(people, see) == set(people)
    engineers.hide(engineer=mei)
    mei.refresh_from_db()
    assert allowed(people, see) == {"admin"}
    assert draft.features.exists()


def test_hiding_is_the_engineers_own(people):
    lin = make_engineer("林浩")
    assert allowed(people, lambda user: permissions.can_hide_engineer(user, lin)) == {
        "engineer",
        "admin",
    }


def test_a_free_name_can_be_claimed_by_members(people):
    free, taken = make_engineer("Mei"), make_engineer("林浩")
    members = {"member", "engineer", "manager", "elsewhere", "admin"}
    assert allowed(people, lambda user: permissions.can_claim(user, free)) == members
    assert allowed(people, lambda user: permissions.can_claim(user, taken)) == set()


def test_members_thank_others(people):
    lin = make_engineer("林浩")
    thankful = {"member", "manager", "elsewhere", "admin"}
    assert allowed(people, lambda user: permissions.can_thank(user, lin)) == thankful


def test_claims_are_decided_where_the_engineer_worked(people):
    make_draft(product_of(people))
    claim = EngineerClaim.objects.create(
        engineer=make_engineer("Mei"), member=people["member"], created_at=DRAFTED
    )
    decide = lambda user: permissions.can_decide_claim(user, claim)
    assert allowed(people, decide) == {"manager", "admin"}


def test_managed_products_are_asked_once(people):
    build, manager = make_build(State.CLOSED, product_of(people)), people["manager"]
    assert permissions.can_publish(manager, build)
    build.product.managers.clear()
    assert permissions.can_publish(manager, build)
    assert not permissions.can_publish(Member.objects.get(pk=manager.pk), build)
