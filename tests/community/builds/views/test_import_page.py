"""Importing release notes by hand: every line is seen before anything is saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.builds.domain import week
from community.builds.forms.importing import same_people
from community.builds.models import Build, Engineer
from tests.community.builds.making import DRAFTED, FREEZE, FRIDAY, make_engineer, make_product

pytestmark = pytest.mark.django_db
ADDRESS = "/studio/import/"
NOTES = """## 6.12.4

Hello.

- Dual clock (@zoe - #7)
- Nobody did this
"""


def send(client: Client, product, text: str = NOTES, **more: object) -> str:
    response = client.post(ADDRESS, {"product": product.pk, "text": text} | more, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_every_line_is_seen_and_nothing_is_saved(manager, product):
    html = send(manager, product)
    assert "Dual clock" in html
    assert "@zoe" in html
    assert "Nobody is named for these" in html
    assert "a version begins" in html
    assert not Build.objects.exists()
    assert not Engineer.objects.exists()


def test_a_preview_asks_no_more_for_three_lines_than_for_one(manager, product):
    send(manager, product)  # what the frame of every page remembers of the week
    asked = []
    for lines in (1, 3):
        changes = "".join(f"- Change {n} (@zoe{n}, Mei {n})\n" for n in range(lines))
        with CaptureQueriesContext(connection) as queries:
            assert f"Change {lines - 1}" in send(manager, product, f"## 6.12.4\n\n{changes}")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_confirmed_notes_become_a_draft_once(manager, product):
    html = send(manager, product, save="1")
    assert "6.12.4: 2 changes are new" in html
    build = Build.objects.get()
    assert (build.version, build.features.count()) == ("6.12.4", 2)
    assert build.created_by == product.managers.get()
    assert "All of this is there already" in send(manager, product)
    assert "Nothing to add" in send(manager, product, save="1")
    assert build.features.count() == 2


def test_a_file_is_read_as_well(manager, product):
    file = SimpleUploadedFile("notes.md", NOTES.encode())
    assert "Dual clock" in send(manager, product, text="", file=file)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "the notes are empty"),
        ({"text": "## 1\n\n- A\n\n```\nopen"}, "Line 5: code begins here"),
        ({"file": SimpleUploadedFile("notes.md", b"- A\n- \xff\n")}, "Line 2: byte 0xff"),
    ],
)
def test_broken_notes_are_refused_with_the_line_and_kept(manager, product, sent, sentence):
    html = send(manager, product, **sent)
    assert sentence in html
    assert "textarea" in html
    assert not Build.objects.exists()


def test_one_of_several_versions_is_chosen(manager, product):
    notes = NOTES + "\n## 6.11.27\n\n- Older (@raj - #6)\n"
    html = send(manager, product, notes)
    assert "Which version?" in html
    assert "6.11.27" in html
    assert "Older" in send(manager, product, notes, section="8")
    assert "Which version?" in send(manager, product, notes, section="3")


def test_notes_without_a_version_need_one(manager, product):
    notes = "- Dual clock (@zoe - #7)\n"
    assert "Dual clock" in send(manager, product, notes, version="6.12.4")
    for step in ({}, {"save": "1"}):
        assert "do not say which version" in send(manager, product, notes, **step)
    html = send(manager, product, notes, version="6.12.4", save="1")
    assert "1 change is new" in html


def test_two_spellings_ticked_are_one_person(manager, product):
    make_engineer("Zoé Martin")
    notes = "## 6.12.4\n\n- Dual clock (Zoe Martin)\n- More (Raj Rao)\n"
    html = send(manager, product, notes)
    assert "One person or two?" in html
    send(manager, product, notes, save="1", same="Zoé Martin\nZoe Martin")
    assert sorted(Engineer.objects.values_list("name", flat=True)) == ["Raj Rao", "Zoé Martin"]


def test_only_people_of_the_notes_are_merged(manager, product):
    for name in ("Zoé Martin", "Ana Bo"):
        make_engineer(name)
    notes = "## 6.12.4\n\n- Dual clock (Raj Rao)\n"
    send(manager, product, notes, save="1", same="Zoé Martin\nAna Bo")
    assert not Engineer.objects.exclude(merged_into=None).exists()


def test_pairs_that_are_none_are_left_out():
    assert same_people(["a", "a\nb\nc"]) == []
    ((kept, other),) = same_people(["@a\nb"])
    assert (kept.kind, other.kind) == ("handle", "person")


def test_a_list_that_stands_is_said_before_saving(manager, product):
    send(manager, product, "## 6.12.4\n\n- Dual clock (@zoe - #7)\n", save="1")
    build = Build.objects.get()
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.freeze(build_id=build.pk, at=FREEZE)
    assert "is frozen" in send(manager, product)
    assert "is frozen" in send(manager, product, save="1")
    assert build.features.count() == 1


def test_only_own_products_can_be_imported_into(manager, product):
    assert "Select a valid choice" in send(manager, make_product())
    assert not Build.objects.exists()


def test_a_draft_brings_its_version_along(manager, product):
    html = manager.get(f"{ADDRESS}?product={product.pk}&version=6.12.4").content.decode()
    assert 'value="6.12.4"' in html
