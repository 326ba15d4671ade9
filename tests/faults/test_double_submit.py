"""Each thing that happens once is asked for twenty times at once: one effect, the same reply."""

from unittest.mock import patch

import pytest
from django.db.models import QuerySet

from tests.faults import defences, once, volley

CONTROLS = 5
UNIQUE = {
    "thanks": ("builds_thanks", "thanks_once_a_build"),
    "install": ("builds_install", "install_once"),
    "reply": ("forum_post", "post_submitted_once"),
    "poll vote": ("polls_pollballot", "pollballot_once_a_poll"),
}


@pytest.fixture
def ask(site, product, manager, chance):
    """Asks for an operation twenty times at once; gives what is not as it would be after one."""

    def run(operation):
        asked = once.OPERATIONS[operation](once.set_scene(product, manager, chance))
        many = volley.fire if isinstance(asked.what, bytes) else volley.call
        return volley.damage(site, many(site, asked.what), asked.table, asked.rows)

    return run


@pytest.mark.parametrize("operation", once.OPERATIONS)
def test_double_submit(ask, operation, figures, turn):
    assert ask(operation) == []
    figures.update({f"rounds of {operation}": 1})


@pytest.mark.parametrize("operation", UNIQUE)
def test_control_without_the_constraint(site, ask, operation, figures):
    with defences.without_constraint(site, *UNIQUE[operation]):
        found = [damage for _ in range(CONTROLS) for damage in ask(operation)]
    figures.update({f"times {operation} was doubled": sum("effects" in damage for damage in found)})
    assert found


@pytest.mark.parametrize("operation", ["topic", "token"])
def test_control_without_the_key_of_the_form(ask, operation, figures):
    with patch.object(once, "uuid4", return_value=""):
        found = [damage for _ in range(CONTROLS) for damage in ask(operation)]
    figures.update({f"times {operation} was doubled": sum("effects" in damage for damage in found)})
    assert found


@pytest.mark.parametrize("operation", ["tally", "report", "award"])
def test_control_without_the_lock(ask, operation, figures):
    with patch.object(QuerySet, "select_for_update", lambda self, **_: self):
        found = [damage for _ in range(CONTROLS) for damage in ask(operation)]
    figures.update({f"times {operation} went wrong": len(found)})
    assert found
