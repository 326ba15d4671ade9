"""Rules of the house that import-linter cannot express."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from orangefriday.embedded.state import PROJECT_DIR

WINGS = ("community", "feedback", "awards")
DOMAINS = sorted(
    file
    for wing in WINGS
    for file in (PROJECT_DIR / wing).rglob("*.py")
    if "domain" in (*file.parts, file.stem)
)


def imported_modules(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("file", DOMAINS, ids=lambda file: str(file.relative_to(PROJECT_DIR)))
def test_the_domain_knows_no_requests(file: Path) -> None:
    assert not {m for m in imported_modules(file) if f"{m}.".startswith("django.http.")}
