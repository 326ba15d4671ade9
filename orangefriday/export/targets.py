"""Where an export is written: a directory or a ZIP file, under its name only once it is whole."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Protocol


class Target(Protocol):
    """Takes files by their path within the export."""

    def opened(self, name: str) -> IO[bytes]: ...


class Directory:
    """Files in a directory that nobody else may enter."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(mode=0o700, parents=True)

    def opened(self, name: str) -> IO[bytes]:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


class Zip:
    """Files in one archive."""

    def __init__(self, path: Path) -> None:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")
        self.archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._file = file

    def opened(self, name: str) -> IO[bytes]:
        return self.archive.open(name, "w", force_zip64=True)

    def close(self) -> None:
        self.archive.close()
        self._file.close()


class Counted:
    """A file that knows its size and SHA-256 while it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest, self.bytes = file, sha256(), 0

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self.bytes += len(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class AlreadyThere(Exception):
    """Nothing is written over."""


@contextmanager
def whole(path: Path) -> Iterator[Target]:
    """A target that gets its name when the block ends well; broken off, nothing has that name.

    Names ending in .zip become an archive. Raises AlreadyThere.
    """
    if path.exists():
        raise AlreadyThere
    partial = path.with_name(f"{path.name}.partial")
    _remove(partial)
    target = Zip(partial) if path.suffix == ".zip" else Directory(partial)
    try:
        yield target
    except BaseException:
        _remove(partial)
        raise
    if isinstance(target, Zip):
        target.close()
    partial.rename(path)


@contextmanager
def counted(target: Target, name: str) -> Iterator[Counted]:
    """A file of the target, closed at the end."""
    with target.opened(name) as file:
        yield Counted(file)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
