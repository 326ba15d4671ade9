"""axe finds nothing on any page, in both languages, light and dark, on a desk and a phone.

The addresses come from the matrix of who may open what, so that a new page is walked too. It grows
with the site and stays out of `make test`: `make walk` runs it, in CI as well.
"""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, ViewportSize

from awards.popcorn.domain import award
from community.builds.models import Build
from tests.browser.conftest import OpenAs
from tests.feedback.reports.making import make_report
from tests.journeys.addresses import matrix
from tests.journeys.site import ROLES, Site

pytestmark = [pytest.mark.browser, pytest.mark.walk]

SIZES: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
# Between light and dark nothing differs but colours.
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"light": EVERYTHING, "dark": ["color-contrast", "link-in-text-block"]}
FIND = """rules => axe.run({runOnly: rules, resultTypes: ["violations"]}).then(
    found => found.violations.map(wrong => `${wrong.id} ${wrong.nodes[0].target}`))"""
IS_WIDER = "document.documentElement.scrollWidth > innerWidth"

# Who walks: each takes the pages that nobody before may open, and some that look different.
WALKERS = ("anonymous", "member", "manager", "engineer", "admin")
NO_PAGES = (
    "api_",
    "healthz",
    "forum:similar",
    "proposals:similar",
    "readyz",
    "notices:unread",
    "notices:worker",
)
FILES = (".csv", ".json", ".pdf", ".xlsx")
ACCOUNT_PAGES = {
    "anonymous": ["login", "signup", "signup/passkey", "password/reset", "password/reset/done"],
    "member": [
        *["email", "password/change", "sessions", "reauthenticate"],
        *["2fa", "2fa/totp/activate", "2fa/webauthn", "2fa/webauthn/add"],
    ],
}
REFUSALS = ("400", "403", "403_csrf", "429", "500")


@pytest.fixture
def voted(site: Site) -> Build:
    """An awarded build with ballots, a week after another with the same features."""
    make_report(site.product, weeks=-5, version="0.8", fingerprints=True)
    build = make_report(site.product, ballots=120, weeks=-4, version="0.9", fingerprints=True).build
    assert build.tally_at
    assert build.award_at
    award.compute(build_id=build.pk, at=build.tally_at)
    award.announce(build_id=build.pk, at=build.award_at)
    return build


@pytest.fixture
def paths(site: Site, build: Build, voted: Build) -> dict[str, list[str]]:
    """The pages each walks."""
    report = f"/reports/{voted}/"
    of_the_vote = [f"/builds/{build}/ballot/", f"/builds/{voted}/", f"/popcorn/{voted}/"]
    more = {
        "anonymous": [*of_the_vote, f"/popcorn/{voted}/1/receipt/", "/nowhere/"],
        "member": [*of_the_vote, "/", f"/forum/topics/{site.topic.pk}/"],
        "manager": [
            *[report, f"{report}ballots/", f"{report}compare/0.8/", "/reports/areas/Camera/"],
            *["/", f"/popcorn/{voted}/", f"/popcorn/{voted}/discounts/"],
        ],
    }
    return {
        role: [
            *new_pages(site, role),
            *(f"/accounts/{page}/" for page in ACCOUNT_PAGES.get(role, [])),
            *more.get(role, []),
        ]
        for role in WALKERS
    }


def new_pages(site: Site, role: str) -> list[str]:
    """The pages that this one may open and nobody before."""
    before = WALKERS[: WALKERS.index(role)]
    return [
        path
        for name, (arguments, row) in matrix(site).items()
        if not name.startswith(NO_PAGES)
        and not (path := reverse(name, args=arguments)).endswith(FILES)
        and row.split()[ROLES.index(role)] == "200"
        and not any(row.split()[ROLES.index(other)] == "200" for other in before)
    ]


def make_refusals(page: Page, language: str) -> list[str]:
    """The pages of what went wrong, at addresses of their own."""
    with translation.override(language):
        bodies = {f"/{name}/": render_to_string(f"{name}.html") for name in REFUSALS}
    page.route(
        re.compile(rf"/({'|'.join(REFUSALS)})/$"),
        lambda route, request: route.fulfill(body=bodies[urlsplit(request.url).path]),
    )
    return list(bodies)


def found(page: Page, path: str) -> list[str]:
    """What axe finds on a page, and whether it is wider than the window."""
    answer = page.goto(path)
    assert answer is not None
    if not answer.text().lower().startswith("<!doctype html"):
        return []  # a feed, a text for machines, a part of a page
    wrong = []
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        if page.evaluate(IS_WIDER):
            wrong.append(f"{path} {size}: wider than the window")
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{path} {size} {scheme}: {what}" for what in page.evaluate(FIND, rules)]
    return wrong


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("role", WALKERS)
def test_every_page_is_open_to_everybody(
    paths: dict[str, list[str]], open_as: OpenAs, role: str, language: str
) -> None:
    page = open_as(role, locale=language, reduced_motion="reduce").new_page()
    page.add_init_script(AXE_SCRIPT)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "policy" in said.text else None)
    walked = paths[role] + (make_refusals(page, language) if role == "anonymous" else [])
    wrong = [line for path in walked for line in found(page, path)]
    assert (wrong, refused) == ([], [])
