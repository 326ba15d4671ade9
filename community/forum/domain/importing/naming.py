"""Names for members who come from elsewhere: theirs if allowed here, else the nearest free one."""

from collections.abc import Iterator

from community.members.domain.accounts import clean_login_name
from community.members.models import Member
from community.text import names
from community.text.width import columns

_TRIES = 50


class FreeNames:
    """Finds names nobody has: neither a member, nor anybody else of the same batch."""

    def __init__(self) -> None:
        self._logins: set[str] = set()
        self._skeletons: set[str] = set()

    def login(self, wanted: str, old_id: str) -> str:
        """A login name, as near to the wanted one as the rules allow."""
        for name in _candidates(wanted, old_id, joiner="-"):
            try:
                login = clean_login_name(name)
            except names.NameRefused:
                continue
            if login not in self._logins and not Member.objects.filter(username=login).exists():
                self._logins.add(login)
                return login
        raise AssertionError(f"no free name like {wanted}")  # the last candidates are numbered

    def display(self, wanted: str, old_id: str) -> str:
        """A display name that looks like no other's."""
        for name in _candidates(wanted, old_id, joiner="-"):
            try:
                shown = names.clean(name)
            except names.NameRefused:
                continue
            look = names.skeleton(shown)
            taken = look in self._skeletons or Member.objects.filter(name_skeleton=look).exists()
            if not taken:
                self._skeletons.add(look)
                return shown
        raise AssertionError(f"no free name like {wanted}")


def _candidates(wanted: str, old_id: str, *, joiner: str) -> Iterator[str]:
    """The name, the name without what is refused, the same numbered, at last one of our making."""
    yield wanted
    bare = _bare(wanted)
    yield bare
    for number in range(2, _TRIES):
        ending = f"{joiner}{number}"
        yield _cut(bare, names.MAX_COLUMNS - len(ending)) + ending
    yield f"m{joiner}{old_id}"
    for number in range(2, 10 * _TRIES):
        yield f"m{joiner}{old_id}{joiner}{number}"


def _bare(wanted: str) -> str:
    """Characters one by one, as long as the name would be allowed with another one behind."""
    kept = ""
    for character in wanted:
        try:
            names.clean(f"{kept}{character}ab", is_reserved_allowed=True)
        except names.NameRefused as refused:
            if refused.reason is names.Reason.TOO_LONG:
                break
            continue
        kept += character
    return kept.strip(" -_.'·")


def _cut(name: str, limit: int) -> str:
    while columns(name) > limit:
        name = name[:-1]
    return name.rstrip(" -_.'·")
