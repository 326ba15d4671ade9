"""The studio is there for managers of the product, and for nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from community.builds import urls
from community.builds.domain import claims
from tests.community.builds.making import (
    DRAFTED,
    make_build,
    make_draft,
    make_engineer,
    make_member,
    make_product,
)

pytestmark = pytest.mark.django_db
BY_POST = {
    "take_step",
    "put_change_back",
    "move_change",
    "remove_change",
    "unmerge",
    "let_go",
    "decide_claim",
}
ANYBODY_SIGNED_IN = {"claim", "thank", "set_hidden", "engineer_edit"}


def addresses(product) -> dict[str, str]:
    """Every address of the studio, filled in with things of the product."""
    draft = make_draft(product, version="draft")
    waiting = claims.claim(
        engineer=make_engineer("林浩"), member=make_member(), evidence="Me.", at=DRAFTED
    )
    arguments = {
        "change_list": ["draft"],
        "product": [product.slug],
        "section": [product.slug, "award"],
        "decide_claim": [waiting.pk],
        "unmerge": ["林浩"],
        "let_go": ["林浩"],
        "take_step": ["draft", "restore"],
    }
    for name in ("edit_page", "edit_rules", "edit_week", "new_change", "put_change_back"):
        arguments[name] = ["draft"]
    for name in ("edit_change", "move_change", "remove_change"):
        arguments[name] = ["draft", draft.features.first().pk]
    names = [pattern.name for pattern in (*urls.STUDIO, *urls.DESK)]
    return {name: reverse(f"builds:{name}", args=arguments.get(name, [])) for name in names}


def ask(client: Client, name: str, address: str) -> int:
    method = client.post if name in BY_POST else client.get
    return method(address).status_code


def test_strangers_find_nothing_and_nobody_is_asked_to_sign_in(product, member):
    elsewhere = Client()
    stranger = make_member("elsewhere")
    make_product("pad", managers=(stranger,))
    elsewhere.force_login(stranger)
    for name, address in addresses(product).items():
        assert ask(member, name, address) == 404, name
        assert ask(Client(), name, address) == 302, name
        of_all = {"studio", "new_draft", "import", "curate"}
        assert ask(elsewhere, name, address) == (200 if name in of_all else 404), name


def test_an_admin_finds_everything(product):
    admin = Client()
    admin.force_login(make_member("root", is_superuser=True))
    for name, address in addresses(product).items():
        assert ask(admin, name, address) in {200, 302}, name


def test_what_is_not_there_is_not_found(manager):
    make_draft(make_product(), version="secret")
    for name, arguments in {
        "change_list": ["none"],
        "product": ["none"],
        "detail": ["secret"],
        "engineer": ["none"],
        "download_code": ["secret", 1],
    }.items():
        assert manager.get(reverse(f"builds:{name}", args=arguments)).status_code == 404
    address = reverse("builds:take_step", args=["secret", "cancel"])
    assert manager.post(address).status_code == 404


def test_an_unknown_step_is_not_found(manager, product):
    make_draft(product, version="draft")
    address = reverse("builds:take_step", args=["draft", "explode"])
    assert manager.post(address).status_code == 404


@pytest.mark.parametrize("name", sorted(ANYBODY_SIGNED_IN))
def test_engineers_pages_ask_who_you_are(name):
    make_build()
    address = reverse(f"builds:{name}", args=["林浩"])
    client = Client()
    response = client.post(address) if name in {"thank", "set_hidden"} else client.get(address)
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_reading_changes_nothing_and_leaves_no_cookie():
    make_build(version="6.11.20")
    for address in ("/builds/", "/builds/6.11.20/", "/engineers/", "/engineers/林浩/"):
        response = Client().get(address)
        assert response.status_code == 200
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.content
