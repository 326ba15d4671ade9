"""axe finds nothing on any page, in both languages, light and dark, on a desk and a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenAs
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.walk]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def paths(site: Site) -> dict[str, list[str]]:
    """The pages by who looks at them."""
    awarded, published, draft = site.awarded.slug, site.published.slug, site.draft.slug
    return {
        "anonymous": [
            "/",
            "/accounts/login/",
            "/accounts/signup/",
            "/accounts/password/reset/",
            "/builds/",
            f"/builds/{published}/",
            f"/builds/{awarded}/",
            f"/builds/{published}/ballot/",
            "/engineers/",
            f"/engineers/{site.engineer.slug}/",
            "/forum/",
            "/forum/bugs/",
            f"/forum/topics/{site.topic.pk}/",
            "/wishes/",
            f"/wishes/{site.proposal.pk}/",
            "/popcorn/",
            "/popcorn/ranking/",
            f"/popcorn/{awarded}/1/receipt/",
            "/nowhere/",
        ],
        "member": [
            "/",
            f"/builds/{published}/ballot/",
            "/members/member-person/",
            "/settings/",
            "/settings/preferences/",
            "/settings/devices/",
            "/settings/tokens/",
            "/accounts/email/",
            "/accounts/password/change/",
            "/accounts/2fa/",
            "/accounts/sessions/",
            "/forum/bugs/new/",
        ],
        "manager": [
            "/studio/",
            "/studio/new/",
            "/studio/import/",
            "/studio/engineers/",
            f"/studio/products/{site.product.slug}/",
            f"/studio/builds/{draft}/",
            f"/studio/builds/{draft}/page/",
            f"/studio/builds/{draft}/rules/",
            f"/studio/builds/{draft}/changes/new/",
            "/wishes/new/",
            "/reports/",
            f"/reports/{awarded}/",
            f"/reports/{awarded}/ballots/",
            f"/reports/{published}/",
            f"/popcorn/{awarded}/",
        ],
    }


def found(page: Page, path: str) -> list[str]:
    """What axe finds on a page, light and dark, and whether it is wider than the window."""
    page.goto(path)
    wrong = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)  # colours change in at most 200 ms
        answer = Axe().run(page, options=RULES).response
        wrong += [
            f"{path} {scheme}: {violation['id']} {violation['nodes'][0]['target']}"
            for violation in answer["violations"]
        ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append(f"{path}: wider than the window")
    return wrong


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("role", ["anonymous", "member", "manager"])
def test_every_page_is_open_to_everybody(
    site: Site, open_as: OpenAs, role: str, language: str, size: str
) -> None:
    context = open_as(role, locale=language, viewport=SIZES[size], reduced_motion="reduce")
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "policy" in said.text else None)
    wrong = [line for path in paths(site)[role] for line in found(page, path)]
    assert (wrong, refused) == ([], [])
