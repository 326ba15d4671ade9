"""The catalogs of translations: taken from the code, merged, checked and compiled with Babel."""

import io
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

LOCALE = "zh_Hans"
KEYWORDS = DEFAULT_KEYWORDS | {f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items()}
KEYWORDS["gettext_noop"] = None
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# No dates, tools or line numbers: a catalog changes when its strings do.
HEADER = f"""\
# Simplified Chinese (简体中文)
msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def extract_strings(room: Path) -> Catalog:
    """All strings that the room's Python code and templates mark for translation."""
    strings = Catalog(locale=LOCALE)
    for file in sorted(room.rglob("*")):
        if "migrations" in file.parts or not (source := _readable_source(file)):
            continue
        found = extract("python", io.BytesIO(source), KEYWORDS, ["Translators:"])
        for _line, text, comments, context in found:
            strings.add(text, context=context, auto_comments=comments)
    return strings


def _readable_source(file: Path) -> bytes:
    """The file as Python; empty for a file without strings."""
    if file.suffix == ".py":
        return file.read_bytes()
    if file.suffix in {".html", ".txt"} and "templates" in file.parts:
        python = templatize(file.read_text(), origin=str(file))
        # The indentation of a template means nothing to Python.
        return "\n".join(line.lstrip() for line in python.splitlines()).encode()
    return b""


def catalog_file(room: Path) -> Path:
    """Where a room keeps its translations."""
    return room / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def read_catalog(file: Path) -> Catalog:
    """The translations of a file; none where there is no file."""
    if not file.exists():
        return Catalog(locale=LOCALE)
    with file.open("rb") as source:
        return read_po(source, locale=LOCALE, abort_invalid=True)


def merge(strings: Catalog, kept: Catalog) -> Catalog:
    """The code's strings with the translations that are kept for them; unused ones are dropped."""
    merged = Catalog(locale=LOCALE)
    for message in strings:
        old = kept.get(message.id, message.context) if message.id else None
        if old and isinstance(old.id, str) == isinstance(message.id, str):
            message.string = old.string
            message.user_comments = old.user_comments
            message.flags |= old.flags & {"fuzzy"}
        merged[message.id] = message
    return merged


def write_catalog(file: Path, catalog: Catalog) -> None:
    """Write the translations in the order of their strings."""
    file.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    file.write_bytes(HEADER.encode() + body.getvalue())


def find_problems(strings: Catalog, kept: Catalog) -> Iterator[str]:
    """A line for each string that is not translated well, and for each that nobody uses."""
    for message in _entries(strings):
        translated = kept.get(message.id, message.context)
        if translated is None or not any(_variants(translated.string)):
            yield f"missing: {_quote(message)}"
        elif translated.fuzzy:
            yield f"fuzzy: {_quote(message)}"
        elif _placeholders(message.id) != _placeholders(translated.string):
            yield f"other placeholders: {_quote(message)}"
    for message in (*_entries(kept), *kept.obsolete.values()):
        if strings.get(message.id, message.context) is None:
            yield f"unused: {_quote(message)}"


def find_conflicts(catalogs: Iterable[Catalog]) -> Iterator[str]:
    """A line for each string that two rooms translate differently: one would win everywhere."""
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for message in (message for catalog in catalogs for message in _entries(catalog)):
        meanings[_quote(message)].update(filter(None, _variants(message.string)))
    for text, translations in sorted(meanings.items()):
        if len(translations) > 1:
            yield f"translated in two ways: {text} is {' and '.join(sorted(translations))}"


def compile_catalogs(root: Path) -> list[Path]:
    """Compile each catalog below `root` that changed since; returns the files written."""
    written = []
    for source in sorted(root.glob(f"[!.]*/**/locale/{LOCALE}/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        compiled = io.BytesIO()
        write_mo(compiled, read_catalog(source))
        new = target.with_suffix(f".{os.getpid()}")  # others may compile at the same time
        new.write_bytes(compiled.getvalue())
        new.replace(target)
        written.append(target)
    return written


def _entries(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _variants(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


def _placeholders(text: object) -> set[str]:
    """Those of all variants: Chinese has one form, which takes what English has in the plural."""
    return {found for variant in _variants(text) for found in PLACEHOLDER.findall(variant)}


def _quote(message: Message) -> str:
    text = " / ".join(repr(variant) for variant in _variants(message.id))
    return f"{text} ({message.context})" if message.context else text
