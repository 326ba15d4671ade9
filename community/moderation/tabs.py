"""Pages of rooms above that stand beside the queue: they register, the tabs lead there."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A page for everybody at the desk."""

    label: str | Promise
    url_name: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_tabs: list[Tab] = []


def register(tab: Tab) -> None:
    """Lead to this page from the desk; rooms call it in ready()."""
    _tabs.append(tab)


def every() -> list[Tab]:
    return list(_tabs)
