"""What a product sends by mail: rooms above register theirs in their AppConfig.ready().

A product may leave a mail out; the notice on the site stays, and so does every member's own
choice of channels, and what admins allow.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from community.builds.models import Build

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, kw_only=True)
class ProductMail:
    """A kind of notice that goes out by mail as well."""

    kind: str  # of notices
    label: "Text"
    # Who was told, or would have been, when this build had its turn.
    told: Callable[[Build], Collection[int]]
    # Whether managers may read who they are: not where it would tell who voted.
    is_named: bool = False


_mails: dict[str, ProductMail] = {}


def register(mail: ProductMail) -> None:
    """Let products decide whether they send it."""
    _mails[mail.kind] = mail


def mails() -> Collection[ProductMail]:
    """All mails a product may send, by kind."""
    return [_mails[kind] for kind in sorted(_mails)]
