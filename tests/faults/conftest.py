"""One site for all checks; FAULT_SEED and FAULT_ROUNDS, and what came out of them."""

import os
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from community.builds.models import Product
from tests.faults.driver import SERVERS, Site, django_on
from tests.faults.stage import Stage
from tests.faults.world import KEYS, Person, make_members, make_people, make_product, sign_in
from tests.first_rows import add_first_rows

HERE = Path(__file__).parent
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "20"))
SEED = os.environ.get("FAULT_SEED") or str(random.SystemRandom().randrange(10**6))
VOTERS = 240

all_figures: defaultdict[str, Counter[str]] = defaultdict(Counter)


def pytest_report_header() -> str:
    return f"faults: {ROUNDS} rounds, FAULT_SEED={SEED}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.faults)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whoever asks for `turn` is run once a round."""
    if "turn" in metafunc.fixturenames:
        metafunc.parametrize("turn", range(1, ROUNDS + 1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section(f"faults, FAULT_SEED={SEED}")
    for name, counts in all_figures.items():
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        terminalreporter.write_line(f"{name}: {told}")


@pytest.fixture(scope="session")
def site(django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Servers that keep what they acknowledge; Django here speaks to their database."""
    state = Path(os.environ["STATE_DIR"]) / "site"
    shutil.rmtree(state, ignore_errors=True)  # a run that was killed left a defence switched off
    running = Site(state, KEYS)
    try:
        running.start(*SERVERS)
        running.manage("migrate", "-v0")
        with django_db_blocker.unblock(), django_on(running.url), override_settings(**KEYS):
            yield running
    finally:
        running.remove()


@pytest.fixture(scope="module", autouse=True)
def _begin_anew(site: Site) -> None:
    """Each module starts the programs that it needs, on an empty database."""
    connection.close()  # the last kill may have cut it off
    site.stop(*set(site.children) - set(SERVERS))
    site.start(*SERVERS)
    site.empty()
    add_first_rows()


@pytest.fixture(scope="module")
def product(site: Site) -> Product:
    """What is voted on, behind a running web server."""
    site.start("web")
    return make_product()


@pytest.fixture(scope="module")
def people(product: Product) -> list[Person]:
    return make_people(VOTERS)


@pytest.fixture(scope="module")
def manager(product: Product) -> Person:
    """Who looks after the product, signed in."""
    member = make_members(1)[0]
    product.managers.add(member)
    return sign_in(member)


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Counter[str]:
    """Figures of this test, summed up over its rounds and shown at the end."""
    name: str = request.node.originalname
    return all_figures[name.removeprefix("test_").replace("_", " ")]


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Chances that depend on the seed, the test and the round."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def stage(
    site: Site,
    product: Product,
    people: list[Person],
    figures: Counter[str],
    request: pytest.FixtureRequest,
) -> Stage:
    histories = Path(os.environ["STATE_DIR"]) / "histories" / request.node.name
    chance: random.Random = request.getfixturevalue("chance")
    return Stage(site, product, people, chance, figures, histories)
