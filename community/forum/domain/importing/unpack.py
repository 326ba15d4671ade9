"""From what a backup is delivered in to one plain file that can be read again and again."""

import gzip
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from community.forum.domain.importing.records import BrokenSource

GZIP, ZIP, TAR_AT = b"\x1f\x8b", b"PK\x03\x04", 257


@contextmanager
def plain(path: Path) -> Iterator[Path]:
    """The SQL of a dump as a plain file: .sql, .sql.gz, or the dump in a .tar, .tar.gz or .zip.

    What is packed is unpacked into a temporary directory, one file of it. Raises BrokenSource.
    """
    with TemporaryDirectory(prefix="import-") as directory:
        try:
            yield _plain(path, Path(directory))
        except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise BrokenSource(str(error), file=path.name) from error


def _plain(path: Path, directory: Path) -> Path:
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(ZIP):
        with zipfile.ZipFile(path) as archive:
            name = _dump_of(archive.namelist(), path)
            with archive.open(name) as packed:
                return _plain(_copied(packed, directory / f"zip-{Path(name).name}"), directory)
    if head.startswith(GZIP) and not _is_tar_gz(path):
        with gzip.open(path) as packed:
            return _copied(cast("IO[bytes]", packed), directory / "dump.sql")
    if head.startswith(GZIP) or head[TAR_AT:].startswith(b"ustar"):
        with tarfile.open(path) as archive:
            name = _dump_of(archive.getnames(), path)
            inner = archive.extractfile(name)
            if inner is None:
                raise BrokenSource(f"{name} is no file", file=path.name)
            return _plain(_copied(inner, directory / f"tar-{Path(name).name}"), directory)
    return path


def _is_tar_gz(path: Path) -> bool:
    with gzip.open(path) as packed:
        return packed.read(512)[TAR_AT:].startswith(b"ustar")


def _dump_of(names: list[str], path: Path) -> str:
    for name in sorted(names, key=len):
        if name.endswith((".sql", ".sql.gz")):
            return name
    raise BrokenSource("holds no .sql and no .sql.gz", file=path.name)


def _copied(source: IO[bytes], target: Path) -> Path:
    with target.open("wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    return target
