"""Whether an export is whole: every file of its manifest is there, with its rows and SHA-256."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from orangefriday.export.writing import CHUNK, FILES, MANIFEST

Open = Callable[[str], IO[bytes]]


def faults(path: Path) -> list[str]:
    """A sentence for each file that is missing or not what was written; none for a whole one."""
    with _opened(path) as opener:
        manifest = json.loads(_read(opener, MANIFEST) or b"null")
        if manifest is None:
            return [f"{MANIFEST} is missing."]
        found = [fault for entry in manifest["tables"] if (fault := _fault(opener, entry))]
        files = _fault(opener, manifest["files"])
        lines = (_read(opener, FILES) or b"").splitlines()
        found += [files] if files else []
        return found + [fault for line in lines if (fault := _fault(opener, json.loads(line)))]


def _fault(opener: Open, entry: dict[str, Any]) -> str:
    digest, rows = sha256(), 0
    try:
        with opener(entry["file"]) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                rows += chunk.count(b"\n")
    except (FileNotFoundError, KeyError):
        return f"{entry['file']} is missing."
    except (zipfile.BadZipFile, OSError) as error:
        return f"{entry['file']} cannot be read: {error}."
    if digest.hexdigest() != entry["sha256"] or entry.get("rows", rows) != rows:
        return f"{entry['file']} is not what was written."
    return ""


def _read(opener: Open, name: str) -> bytes | None:
    try:
        with opener(name) as file:
            return file.read()
    except (FileNotFoundError, KeyError, zipfile.BadZipFile):
        return None


@contextmanager
def _opened(path: Path) -> Iterator[Open]:
    if path.is_dir():
        yield lambda name: (path / name).open("rb")
    else:
        with zipfile.ZipFile(path) as archive:
            yield archive.open
