"""The catalogs: what is taken from the code, what is kept, and what the check finds."""

import gettext
from pathlib import Path

import pytest

from orangefriday import translation

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Orange Friday")
def say(n):
    return ngettext("%(n)d ballot", "%(n)d ballots", n), pgettext("verb", "open")
"""
TEMPLATE = """{% load i18n %}
  <p title="{% translate 'Popcorn' %}">
    {% blocktranslate trimmed count n=n %}
      {{ n }} vote
    {% plural %}
      {{ n }} votes
    {% endblocktranslate %}</p>
 <i>{{ _("It's open") }}</i>
"""
STRINGS = {
    ("Orange Friday", None),
    (("%(n)d ballot", "%(n)d ballots"), None),
    ("open", "verb"),
    ("Popcorn", None),
    (("%(n)s vote", "%(n)s votes"), None),
    ("It's open", None),
}


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A room with strings in Python and in a template."""
    (tmp_path / "room/templates").mkdir(parents=True)
    (tmp_path / "room/models.py").write_text(PYTHON)
    (tmp_path / "room/templates/page.html").write_text(TEMPLATE)
    return tmp_path / "room"


def translate(room: Path, entries: str) -> Path:
    """Write the room's catalog by hand."""
    file = translation.catalog_file(room)
    file.parent.mkdir(parents=True)
    file.write_text(translation.HEADER + entries)
    return file


def problems(room: Path) -> set[str]:
    kept = translation.read_catalog(translation.catalog_file(room))
    return set(translation.find_problems(translation.extract_strings(room), kept))


def test_strings_come_from_python_and_templates(room: Path) -> None:
    found = translation.extract_strings(room)
    assert {(message.id, message.context) for message in found if message.id} == STRINGS


def test_the_check_names_each_kind_of_problem(room: Path) -> None:
    translate(
        room,
        """
msgid "Orange Friday"
msgstr ""

#, fuzzy
msgid "Popcorn"
msgstr "爆米花"

msgid "%(n)d ballot"
msgid_plural "%(n)d ballots"
msgstr[0] "选票"

msgctxt "verb"
msgid "open"
msgstr "打开"

msgid "Gone"
msgstr "没了"
""",
    )
    assert problems(room) == {
        "missing: 'Orange Friday'",
        "fuzzy: 'Popcorn'",
        "other placeholders: '%(n)d ballot' / '%(n)d ballots'",
        "missing: '%(n)s vote' / '%(n)s votes'",
        'missing: "It\'s open"',
        "unused: 'Gone'",
    }


def test_an_update_keeps_translations_and_drops_the_unused(room: Path) -> None:
    file = translate(
        room, '\nmsgid "Gone"\nmsgstr "没了"\n\n# a name\nmsgid "Popcorn"\nmsgstr "爆米花奖"\n'
    )
    for _again in range(2):
        kept = translation.read_catalog(file)
        translation.write_catalog(file, translation.merge(translation.extract_strings(room), kept))
    text = file.read_text()
    assert '# a name\nmsgid "Popcorn"\nmsgstr "爆米花奖"\n' in text
    assert "Gone" not in text
    assert text.startswith(translation.HEADER)
    assert text.count("msgid ") == len(STRINGS) + 1


def test_two_rooms_must_agree_on_a_string(tmp_path: Path) -> None:
    rooms = [tmp_path / "a", tmp_path / "b"]
    files = [
        translate(room, f'\nmsgid "Close"\nmsgstr "{text}"\n')
        for room, text in zip(rooms, ("关闭", "截止"), strict=True)
    ]
    catalogs = [translation.read_catalog(file) for file in files]
    assert list(translation.find_conflicts(catalogs)) == [
        "translated in two ways: 'Close' is 关闭 and 截止"
    ]


def test_compiling_writes_what_changed_and_nothing_else(room: Path) -> None:
    file = translate(room, '\nmsgid "Popcorn"\nmsgstr "爆米花"\n')
    [compiled] = translation.compile_catalogs(room.parent)
    with compiled.open("rb") as source:
        assert gettext.GNUTranslations(source).gettext("Popcorn") == "爆米花"
    assert translation.compile_catalogs(room.parent) == []
    assert compiled == file.with_suffix(".mo")
