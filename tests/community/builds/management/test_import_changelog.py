"""manage.py import_changelog and import_git, as a manager or CI calls them."""

import io
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from community.builds.domain.importing.plan import clean_version
from community.builds.models import Build, Engineer, Feature, Product
from community.text.width import columns
from tests.community.builds.importing import SAMPLES
from tests.community.builds.making import make_product

pytestmark = pytest.mark.django_db
NAMES = SAMPLES / "names_in_parentheses.txt"


def run(file, *arguments):
    out = io.StringIO()
    call_command("import_changelog", str(file), *arguments, stdout=out)
    return out.getvalue()


def refusal(file, *arguments):
    with pytest.raises(CommandError) as refused:
        run(file, *arguments)
    return refused.value


@pytest.fixture
def product():
    return make_product("phone", name="Phone")


@pytest.fixture
def answers(monkeypatch):
    """Type these at the keyboard."""

    def type_in(*lines):
        keyboard = io.StringIO("\n".join(lines))
        keyboard.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", keyboard)

    return type_in


def test_one_version_is_imported_and_a_second_run_has_nothing_to_do(product):
    assert "Phone 5.2: 3 changes added." in run(NAMES, "--version", "5.2", "--yes")
    assert "Nothing to do" in run(NAMES, "--version", "5.2", "--yes")
    assert Build.objects.get().features.count() == 3


def test_all_versions_are_imported_the_oldest_first(product):
    run(NAMES, "--all", "--yes")
    assert list(Build.objects.order_by("number").values_list("version", flat=True)) == [
        "5.2",
        "6.0",
    ]


def test_several_versions_ask_for_a_choice(product):
    assert "6.0, 5.2" in str(refusal(NAMES, "--yes"))


def test_the_preview_shows_every_line_in_a_hundred_columns(product):
    shown = run(NAMES, "--version", "6.0", "--preview")
    table = shown.partition("6.0: ")[0]
    assert max(map(columns, table.splitlines())) <= 100
    for line, text in ((7, "Ada Lindqvist"), (10, "nobody is credited"), (17, "QB (Quentin) Bell")):
        assert any(row.startswith(f"{line} ") and text in row for row in table.splitlines())


def test_the_preview_saves_nothing(product):
    shown = run(NAMES, "--version", "6.0", "--preview")
    assert "11 changes, 11 of them new, 2 without credit, 13 engineers" in shown
    assert not Build.objects.exists()
    assert not Engineer.objects.exists()


def test_chinese_stays_straight(product):
    shown = run(SAMPLES / "chinese.md", "--preview")
    row = next(row for row in shown.splitlines() if "夜景模式" in row)
    assert columns(row.partition("林浩")[0]) == 74


def test_without_a_keyboard_nothing_is_saved_until_confirmed(product, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert refusal(NAMES, "--version", "5.2").returncode == 2
    assert not Build.objects.exists()


def test_at_a_keyboard_it_asks(product, answers):
    answers("n")
    assert refusal(NAMES, "--version", "5.2").returncode == 2
    answers("y")
    run(NAMES, "--version", "5.2")
    assert Feature.objects.count() == 3


def test_one_person_under_two_spellings_is_asked_for(product, answers):
    answers("y", "y")
    shown = run(NAMES, "--version", "6.0")
    assert '--same "QB (Quentin Bell)=QB (Quentin) Bell"' in shown
    assert Engineer.objects.get(names__text="QB (Quentin) Bell").name == "QB (Quentin Bell)"


def test_one_person_under_two_spellings_may_be_told(product):
    same = "QB (Quentin Bell)=QB (Quentin) Bell"
    assert "one person" not in run(NAMES, "--version", "6.0", "--yes", "--same", same)
    assert Engineer.objects.filter(name__startswith="QB").count() == 1


def test_standard_input_is_read(product, monkeypatch):
    notes = (SAMPLES / "handles_in_brackets.md").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(notes)))
    assert "8 changes added" in run("-", "--version", "9.0", "--yes")


def test_the_unreleased_part_becomes_a_version(product, tmp_path):
    notes = tmp_path / "notes.md"
    notes.write_text("## Unreleased\n- A\n## 1.0\n- B\n")
    run(notes, "--unreleased", "--version", "1.1", "--yes")
    assert Build.objects.get().features.get().title == "A"
    assert "--version" in str(refusal(notes, "--unreleased"))


def test_the_product_is_made_when_asked_for():
    for _run in range(2):
        run(NAMES, "--version", "5.2", "--create-product", "Pocket Phone", "--yes")
    assert Product.objects.get().slug == "pocket-phone"


def test_the_product_has_to_be_told_apart(product):
    make_product("tablet")
    assert "phone, tablet" in str(refusal(NAMES, "--all"))
    assert "no product watch" in str(refusal(NAMES, "--all", "--product", "watch"))
    Product.objects.all().delete()
    assert "--create-product" in str(refusal(NAMES, "--all"))


def test_broken_notes_are_refused_with_the_line(product, tmp_path):
    notes = tmp_path / "notes.md"
    notes.write_bytes(b"## 1.0\n- Tiles\n- \xff\n")
    assert str(refusal(notes, "--yes")) == "Line 3: byte 0xff at column 3 is not UTF-8."
    assert "cannot be read" in str(refusal(tmp_path / "none"))
    assert "A=B" in str(refusal(NAMES, "--all", "--same", "Mei"))
    assert not Build.objects.exists()


def test_a_build_that_is_out_is_refused(product):
    run(NAMES, "--version", "5.2", "--yes")
    Build.objects.update(state=Build.State.CANCELLED)
    Feature.objects.all().delete()
    assert "cancelled" in str(refusal(NAMES, "--version", "5.2", "--yes"))


def test_commits_are_imported(product, tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Mei Chen", "-c", "user.email=m@h.example"]
    subprocess.run([*git, "init", "-q"], check=True)
    for subject in ("Begin", "Draw tiles"):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", subject], check=True)
    call_command(
        "import_git", str(tmp_path), "HEAD~1..HEAD", "--version=7", "--yes", stdout=io.StringIO()
    )
    assert Feature.objects.get().credits.get().engineer.name == "Mei Chen"


def test_a_version_has_no_spare_spaces():
    assert clean_version(" 6.0  beta ") == "6.0 beta"
