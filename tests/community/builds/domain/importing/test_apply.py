"""Read notes become a draft, once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.builds.domain import features, week
from community.builds.domain.importing.apply import apply, join
from community.builds.domain.importing.notes import Name
from community.builds.domain.importing.parse import parse
from community.builds.domain.importing.plan import Outcome, preview
from community.builds.domain.refusals import ChangeListFrozen, Invalid, WrongState
from community.builds.models import Build, Credit, Engineer, EngineerName, Feature
from tests.community.builds.importing import sample
from tests.community.builds.making import (
    DRAFTED,
    FREEZE,
    FRIDAY,
    State,
    make_build,
    make_engineer,
    make_product,
)

pytestmark = pytest.mark.django_db
NOTES = "## 6.0\nFor everybody.\n\n- Tiles (@mei, #1)\n- Albums (@mei, @bo, @jo)\n- Clock\n"


@pytest.fixture
def product():
    return make_product()


def save(product, text=NOTES, **fields):
    section = parse(text).sections[0]
    return apply(product=product, section=section, version=section.version, at=DRAFTED, **fields)


def look(product, text=NOTES):
    section = parse(text).sections[0]
    return preview(product=product, section=section, version=section.version)


def rows():
    return [model.objects.count() for model in (Build, Feature, Credit, Engineer, EngineerName)]


def test_changes_are_saved_in_order_with_what_the_notes_say(product):
    done = save(product)
    assert (done.is_new_build, done.created, done.build.state) == (True, 3, State.DRAFT)
    assert done.build.notes == "For everybody."
    saved = done.build.features.order_by("position").values_list("title", "references")
    assert list(saved) == [("Tiles", ["#1"]), ("Albums", []), ("Clock", [])]


def test_shares_are_equal_and_sum_to_one(product):
    albums = save(product).build.features.get(title="Albums")
    shares = list(albums.credits.order_by("pk").values_list("share", flat=True))
    assert shares == [Decimal("0.3334"), Decimal("0.3333"), Decimal("0.3333")]


def test_a_second_run_writes_nothing(product):
    save(product)
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        done = save(product)
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (done.created, done.signed, rows(), written) == (0, 0, before, [])


def test_what_a_manager_made_of_a_change_stays(product):
    build = save(product).build
    build.features.filter(title="Tiles").update(title="Sharper tiles", area="Gallery")
    save(product)
    assert list(build.features.order_by("position").values_list("title", flat=True)) == [
        "Sharper tiles",
        "Albums",
        "Clock",
    ]


def test_credits_that_come_later_sign_a_change_nobody_signed(product):
    build = save(product).build
    done = save(product, NOTES.replace("Clock", "Clock (@jo)"))
    assert (done.created, done.signed) == (0, 1)
    assert build.features.get(title="Clock").credits.get().engineer.name == "jo"


def test_credits_a_manager_gave_are_not_touched(product):
    build = save(product).build
    clock = build.features.get(title="Clock")
    features.set_credits(feature=clock, shares={make_engineer("Ada").pk: None})
    save(product, NOTES.replace("Clock", "Clock (@jo)"))
    assert clock.credits.get().engineer.name == "Ada"


def test_new_lines_are_added_behind(product):
    save(product)
    done = save(product, NOTES.replace("- Tiles", "- Maps (@mei)\n- Tiles"))
    assert done.build.features.order_by("position").last().title == "Maps"


def test_people_are_known_by_any_of_their_spellings(product):
    mei = make_engineer("Mei Chen", handle="MEI")
    save(product)
    assert mei.credits.count() == 2


def test_two_spellings_of_one_engineer_share_once(product):
    join(same=[(Name("handle", "mei"), Name("handle", "bo"))], at=DRAFTED)
    albums = save(product).build.features.get(title="Albums")
    assert sorted(albums.credits.values_list("share", flat=True)) == [Decimal("0.5")] * 2


def test_a_preview_tells_what_saving_would_do(product):
    mei = make_engineer("", handle="mei")
    shown = look(product)
    assert [change.outcome for change in shown.planned] == [Outcome.NEW] * 3
    assert (shown.known, list(map(str, shown.new_names))) == (
        {Name("handle", "mei"): mei},
        ["@bo", "@jo"],
    )
    assert ([entry.title for entry in shown.uncredited], shown.refusal) == (["Clock"], "")


def test_a_preview_saves_nothing(product):
    before = rows()
    look(product)
    assert rows() == before


def test_after_saving_a_preview_has_nothing_to_change(product):
    save(product)
    shown = look(product)
    assert (shown.changes_something, shown.new_names, shown.uncredited) == (False, (), ())


def test_a_new_spelling_of_a_known_engineer_is_offered(product):
    make_engineer("Mei Chen")
    (offer,) = look(product, "- Tiles ([@meichen])\n").same
    assert {str(offer.a), str(offer.b)} == {"Mei Chen", "@meichen"}


def test_spellings_of_one_engineer_are_not_offered_again(product):
    make_engineer("Mei Chen", handle="meichen")
    assert look(product, "- Tiles ([@meichen])\n").same == []


def test_joining_remembers_a_spelling(product):
    kept, other = Name("person", "Mei Chen"), Name("handle", "mei")
    save(product, same=[(kept, other)])
    assert Engineer.objects.filter(names__text="mei").get().name == "Mei Chen"


def test_joining_merges_engineers_who_both_exist():
    mei, other = make_engineer("Mei Chen"), make_engineer("", handle="mei")
    for _run in range(2):
        join(same=[(Name("person", "Mei Chen"), Name("handle", "mei"))], at=DRAFTED)
    other.refresh_from_db()
    assert other.merged_into == mei


@pytest.mark.parametrize("text", ["", " @", "M" * 81, "Mei\x00"])
def test_what_is_no_name_joins_nobody(text):
    with pytest.raises(Invalid):
        join(same=[(Name("person", "Mei"), Name("person", text))], at=DRAFTED)
    assert not Engineer.objects.exists()


def test_a_frozen_change_list_refuses_and_says_so(product):
    build = make_build(State.SCHEDULED, product, version="6.0", release_on=FRIDAY)
    week.freeze(build_id=build.pk, at=FREEZE + timedelta(minutes=1))
    assert "frozen" in look(product).refusal
    before = rows()
    with pytest.raises(ChangeListFrozen):
        save(product)
    assert rows() == before


def test_a_published_build_refuses_new_changes(product):
    make_build(State.PUBLISHED, product, version="6.0")
    with pytest.raises(WrongState):
        save(product)


def test_notes_already_saved_are_no_reason_to_refuse(product):
    build = save(product, "## 6.0\n- Tiles (@mei)\n").build
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.freeze(build_id=build.pk, at=FREEZE)
    assert save(product, "## 6.0\n- Tiles (@mei)\n").created == 0


@pytest.mark.parametrize(("version", "lines"), [("6" * 61, 1), ("6.0", 501)])
def test_more_than_a_build_can_hold_is_refused(product, version, lines):
    section = parse("".join(f"- Change {number}\n" for number in range(lines))).sections[0]
    with pytest.raises(Invalid):
        apply(product=product, section=section, version=version, at=DRAFTED)
    assert not Build.objects.exists()


def test_every_sample_is_saved(product):
    for number, name in enumerate(("handles_in_brackets.md", "restructured_text.rst")):
        for section in sample(name).sections:
            done = apply(
                product=product, section=section, version=f"{number}.{section.line}", at=DRAFTED
            )
            assert done.created == len(section.entries)
