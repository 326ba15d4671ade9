"""Turns the data of a page into files, in a process that can do nothing else."""

import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from feedback.reports.printing.page import Page

TYPESETTER = Path(__file__).with_name("typesetter.py")
SECONDS = 30


class CannotPrint(Exception):
    """The page could not be set; the message says why."""


def pdf(page: Page, *, at: datetime) -> bytes:
    """One sheet of A4; the same page and moment give the same bytes. Raises CannotPrint."""
    return next(_typeset(page, "pdf", at))


def pictures(page: Page, *, at: datetime) -> list[bytes]:
    """The same in parts, each a PNG 960 pixels wide. Raises CannotPrint."""
    return list(_typeset(page, "png", at))


def _typeset(page: Page, kind: Literal["pdf", "png"], at: datetime) -> Iterator[bytes]:
    # -I: neither the environment nor the working directory says what is imported.
    command = [sys.executable, "-I", str(TYPESETTER), kind, str(int(at.timestamp()))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what people wrote is its input
            command,
            input=json.dumps({**page, "kind": kind}).encode(),
            capture_output=True,
            timeout=SECONDS,
            env={},
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise CannotPrint(error.stderr.decode(errors="replace")[-2000:]) from error
    except subprocess.TimeoutExpired as error:
        raise CannotPrint(f"not done after {SECONDS} s") from error
    return _parts(done.stdout)


def _parts(written: bytes) -> Iterator[bytes]:
    """Each part after its length, four bytes."""
    place = 0
    while place < len(written):
        (length,) = struct.unpack_from(">I", written, place)
        place += 4 + length
        yield written[place - length : place]
