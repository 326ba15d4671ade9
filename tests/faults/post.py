"""A mail server that keeps what it said yes to: a file a mail, there whole or not at all."""

import os
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings

# To whom, and by what mail programs know it.
Mail = tuple[str, str]


class Backend(BaseEmailBackend):
    """Kills this process when so many mails were accepted: nobody sees that answer."""

    kill_at = 0

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        for message in messages:
            begun = folder / f"{uuid4().hex}.begun"
            begun.write_bytes(message.message().as_bytes())
            begun.rename(begun.with_suffix(".mail"))
            if self.kill_at and len(_kept(folder)) == self.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return len(messages)


@contextmanager
def post(folder: Path) -> Iterator[None]:
    """Mails of Django here, and of its children, come to this folder."""
    with override_settings(
        EMAIL_BACKEND=f"{__name__}.{Backend.__qualname__}", EMAIL_FILE_PATH=str(folder)
    ):
        yield


@contextmanager
def killed_at_mail(number: int) -> Iterator[None]:
    """Killed when so many mails were accepted; 0: not by a mail."""
    with patch.object(Backend, "kill_at", number):
        yield


def accepted(folder: Path) -> Counter[Mail]:
    """Every mail that was accepted, and how often."""
    mails = (message_from_bytes(file.read_bytes()) for file in _kept(folder))
    return Counter((mail["To"], mail["Message-ID"]) for mail in mails)


def empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def _kept(folder: Path) -> list[Path]:
    return list(folder.glob("*.mail"))
