"""The map of what the site knows about people is complete, and says what the database does."""

from django.apps import apps
from django.db import models

from community.members import personal
from community.members.domain.erasure import named_in

MODELS = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
TABLES = {table.name: table for table in personal.tables()}


def fields_of(label: str) -> set[str]:
    return {field.name for field in MODELS[label]._meta.concrete_fields}


def test_every_table_is_in_the_map() -> None:
    assert set(MODELS) == set(TABLES) | personal.about_nobody()


def test_every_field_of_a_table_about_people_is_in_the_map() -> None:
    wrong = {label: fields_of(label) ^ set(table.field_names) for label, table in TABLES.items()}
    assert {label: names for label, names in wrong.items() if names} == {}


def test_every_field_says_what_it_is_for_and_how_long_it_stays() -> None:
    told = [(t.kept, *t.fields.values()) for t in TABLES.values()]
    assert all(all(words) for words in told)
    assert all(set(t.hidden) <= set(t.field_names) for t in TABLES.values())


def test_what_is_about_nobody_names_nobody() -> None:
    assert [label for label in personal.about_nobody() if named_in(MODELS[label])] == []


def test_what_stays_is_not_lost_with_its_member_and_what_loses_them_may() -> None:
    for table in TABLES.values():
        *way, own = table.own.partition("=")[0].split("__")
        model = table.model
        for name in way:
            model = model._meta.get_field(name).related_model
        field = model._meta.get_field(own)
        assert table.erased in {"deleted", "unnamed", "stays"}
        if table.erased == "unnamed":
            assert isinstance(field, models.ForeignKey)
            assert field.null, table.name
