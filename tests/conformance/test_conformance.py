"""The public suite of Chinese-first cases (cases.toml), and the table made of them."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.urls import reverse

from community.text import names, pairs
from community.text.fold import fold
from community.text.markdown import render
from community.text.pinyin import keys, sort_key
from community.text.width import columns
from orangefriday.display.faces import letter

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "conformance.md"
SUBJECTS: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))
CASES = [(subject, case) for subject, cases in SUBJECTS.items() for case in cases]
ENGINES = ("misago", "nodebb", "flarum")


def search(case: dict[str, Any]) -> bool:
    with connection.cursor() as cursor:
        terms = [pairs.index_terms(case["text"]), pairs.query(case["query"])]
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", terms)
        return bool(cursor.fetchone()[0])


def name(case: dict[str, Any]) -> bool:
    try:
        return names.clean(case["text"]) == case["text"]
    except names.NameRefused:
        return False


def mention(case: dict[str, Any]) -> list[str]:
    named = {f"@{member}": (f"/members/{member}/", member) for member in case["members"]}
    return re.findall(r'class="mention"[^>]*>([^<]+)<', render(case["text"], names=named))


def address(case: dict[str, Any]) -> list[str]:
    tags = [reverse("forum:tag", args=[fold(tag)]) for tag in case.get("tags", ())]
    people = [reverse("members:profile", args=[member]) for member in case.get("members", ())]
    return [unquote(url) for url in (*tags, *people)]


def in_browser(case: dict[str, Any]) -> bool:
    """It is run with the tests of the browser; here only that it is there."""
    file, _, test = case["test"].partition("::")
    return f"def {test}(" in (HERE.parents[1] / file).read_text("utf-8")


JUDGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "search": search,
    "fold": lambda case: fold(case["text"]),
    "name": name,
    "columns": lambda case: columns(case["text"]),
    "suggestion": lambda case: any(k.startswith(fold(case["typed"])) for k in keys(case["text"])),
    "mention": mention,
    "address": address,
    "letter": lambda case: letter(case["text"]),
    "input": in_browser,
    "order": lambda case: sorted(case["names"], key=sort_key),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("subject", "case"), CASES, ids=[case["id"] for _s, case in CASES])
def test_case(subject: str, case: dict[str, Any]) -> None:
    assert JUDGES[subject](case) == case["expected"], case["says"]


def test_the_table_of_the_documents_has_every_case() -> None:
    rows = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = [
        f"| `{case['id']}` | {case['says']} | "
        + " | ".join(case.get(engine, "not documented") for engine in ENGINES)
        + " |"
        for _subject, case in CASES
    ]
    assert rows == told
