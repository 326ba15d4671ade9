"""Who plays whom in a scene: characters by their key, letters drawn once for the whole scene."""

from collections.abc import Collection
from dataclasses import dataclass

from numpy.random import Generator

from orangefriday.demo.people import FAMILIES
from orangefriday.demo.regulars import STAFF_ZONE, Regular, has_han, regulars
from orangefriday.demo.weeks import ENGINEERS

# The accounts `make run` prints, by how scenes call them.
ACCOUNTS = {
    "fan": ("fan", "小明"),
    "mgr": ("manager", "许经理"),
    "lin": ("engineer", "林浩"),
    "mod": ("moderator", "版主阿橙"),
    "admin": ("admin", "Admin Wu"),
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody with something to say."""

    username: str
    name: str
    zone: str
    device: str
    city: Regular | None = None


def _of(regular: Regular) -> Speaker:
    return Speaker(regular.username, regular.name, regular.zone, regular.device, regular)


def _staff() -> dict[str, Speaker]:
    engineers = {
        key: Speaker(handle, name, STAFF_ZONE, FAMILIES[n % len(FAMILIES)])
        for n, (key, (name, handle)) in enumerate(ENGINEERS.items())
    }
    return engineers | {
        key: Speaker(username, name, STAFF_ZONE, FAMILIES[1])
        for key, (username, name) in ACCOUNTS.items()
    }


STAFF = _staff()
_CHARACTERS = {regular.key: _of(regular) for regular in regulars() if regular.key}
_BY_LANGUAGE = {
    is_chinese: [regular for regular in regulars() if regular.is_chinese == is_chinese]
    for is_chinese in (True, False)
}


class Casting:
    """The people of one scene."""

    def __init__(self, rng: Generator, device: str) -> None:
        self._rng = rng
        self._device = device
        self._parts: dict[str, Speaker] = {}
        self._taken: set[str] = set()

    def named(self, who: str, *, is_chinese: bool) -> Speaker:
        """Whom a label of the scene stands for; a letter's first words tell their language."""
        if who not in self._parts:
            self._parts[who] = (
                STAFF.get(who) or _CHARACTERS.get(who) or self._letter(who, is_chinese)
            )
        speaker = self._parts[who]
        self._taken.add(speaker.username)
        return speaker

    def name_of(self, who: str, *, is_chinese: bool) -> str:
        """The display name a mention of the label writes."""
        return self.named(who, is_chinese=is_chinese).name

    def passing(self, *, is_chinese: bool, but_not: Collection[str]) -> Speaker:
        """Somebody who has not spoken yet, or not lately when everybody has."""
        everybody = _BY_LANGUAGE[is_chinese]
        free = [one for one in everybody if one.username not in self._taken]
        if len(free) < 5:
            free = [one for one in everybody if one.username not in but_not]
        chosen = self._drawn(free)
        self._taken.add(chosen.username)
        return _of(chosen)

    def _letter(self, who: str, is_chinese: bool) -> Speaker:  # noqa: FBT001 - a dictionary's default
        if len(who) != 1:
            raise ValueError(f"Nobody is called {who!r}.")
        free = [one for one in _BY_LANGUAGE[is_chinese] if one.username not in self._taken]
        with_device = [one for one in free if one.device == self._device]
        return _of(self._drawn(with_device if who == "a" and with_device else free))

    def _drawn(self, free: list[Regular]) -> Regular:
        total = sum(one.weight for one in free)
        point = self._rng.random() * total
        for one in free:
            point -= one.weight
            if point <= 0:
                return one
        return free[-1]


def city_of(speaker: Speaker | None, text: str) -> str:
    if speaker is None or speaker.city is None:
        return "武汉" if has_han(text) else "Wuhan"
    return speaker.city.city_in(text)
