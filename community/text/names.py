"""Names people choose: what is refused, and which names look the same."""

import re
import unicodedata
from enum import StrEnum

from community.text.fold import fold
from community.text.lookalikes import AT_ANY_SIZE, CAPITALS, LEET, PAIRS
from community.text.width import columns

MIN_COLUMNS, MAX_COLUMNS = 2, 20


class Reason(StrEnum):
    """Why a name is refused; forms say it in the reader's language."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    INVISIBLE = "invisible"
    CHARACTER = "character"
    MIXED_SCRIPTS = "mixed_scripts"
    RESERVED = "reserved"


class NameRefused(ValueError):
    """A name nobody may take; `reason` says why, `detail` names the character to blame, if any."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


# Scripts whose look-alikes are known here; a name may mix those of one line.
_LATIN, _HAN = "LATIN", "CJK"
_TOGETHER = (
    {_LATIN, _HAN, "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    {_LATIN, _HAN, "BOPOMOFO"},
    {_LATIN, _HAN, "HANGUL"},
    {"CYRILLIC"},
    {"GREEK"},
)
_LETTERS = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0148\u014a-\u017e\u01cd-\u01dc\u0218-\u021b"
    "\u1e00-\u1eff\u0370-\u03ff\u0400-\u052f\u3005\u3007\u3041-\u3096\u309d\u309e"
    "\u30a1-\u30fa\u30fc-\u30fe\u3105-\u312f\uac00-\ud7a3\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U0003ffff]"
)
_DIGITS = "0123456789"
_JOINERS = "-_.'·"  # between letters or digits, one at a time

# Nobody but the site speaks in these names: Han words anywhere in a name, Latin ones as a word of
# it, general ones as the whole of it.
_SITE_HAN = "官方 橙色星期五 管理员 管理组 版主 客服 系统消息 系统通知 工作人员 爆米花奖 站长 匿名"
_SITE_WORDS = (
    "admin admins administrator administrators moderator moderators official officials staff"
    " orangefriday postmaster sysop webmaster"
)
_WHOLE_NAMES = (
    "anonymous everyone fridayorange help helpdesk manager mod mods nobody null owner popcornaward"
    " root security site support system team undefined"
)


def clean(text: str, *, is_reserved_allowed: bool = False, may_hold_spaces: bool = True) -> str:
    """The name as it is kept: NFKC, single spaces, 2–20 columns.

    Raises NameRefused. Full-width letters become plain ones; look-alike alphabets mixed into one
    name, invisible and direction-changing characters are refused rather than repaired.
    """
    name = " ".join(_visible(unicodedata.normalize("NFKC", _visible(text))).split(" "))
    _refuse_characters(name, may_hold_spaces=may_hold_spaces)
    if columns(name) < MIN_COLUMNS:
        raise NameRefused(Reason.TOO_SHORT)
    if columns(name) > MAX_COLUMNS:
        raise NameRefused(Reason.TOO_LONG)
    _refuse_mixed_scripts(name)
    if not is_reserved_allowed and is_reserved(name):
        raise NameRefused(Reason.RESERVED)
    return name


def skeleton(name: str) -> str:
    """What a name looks like at a glance: two names with one skeleton are easily mixed up.

    Case, marks, traditional forms, look-alike letters and what joins words are gone. Not for
    display. At most twice as long as the NFKC name.
    """
    text = unicodedata.normalize("NFKC", name).translate(CAPITALS)
    bare = (c for c in unicodedata.normalize("NFD", fold(text)) if unicodedata.category(c) != "Mn")
    text = unicodedata.normalize("NFC", "".join(bare)).casefold().translate(AT_ANY_SIZE)
    text = "".join(character for character in text if character.isalnum())
    for seen, meant in PAIRS:
        text = text.replace(seen, meant)
    return text


def is_reserved(name: str) -> bool:
    """Whether the name could be taken for the site or its staff."""
    whole = skeleton(name)
    if whole in _RESERVED_WHOLE or any(word in whole for word in _RESERVED_HAN):
        return True
    words = re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", unicodedata.normalize("NFKC", name))
    seen = {whole}
    for word in (name, *words):
        seen |= {skeleton(word), skeleton(word.strip(_DIGITS))}
        seen.add(skeleton(word.casefold().translate(LEET)))
    return not seen.isdisjoint(_RESERVED_WORDS)


def _visible(text: str) -> str:
    text = text.strip()
    for character in text:
        if unicodedata.category(character) in {"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"}:
            raise NameRefused(Reason.INVISIBLE, f"U+{ord(character):04X}")
    return text


def _refuse_characters(name: str, *, may_hold_spaces: bool) -> None:
    joiners = _JOINERS + (" " if may_hold_spaces else "")
    was_joiner = True  # so that a name cannot begin with one
    for character in name:
        is_joiner = character in joiners
        if is_joiner and was_joiner:
            raise NameRefused(Reason.CHARACTER, character)
        if not (is_joiner or character in _DIGITS or _LETTERS.match(character)):
            raise NameRefused(Reason.CHARACTER, character)
        was_joiner = is_joiner
    if was_joiner and name:
        raise NameRefused(Reason.CHARACTER, name[-1])


def _refuse_mixed_scripts(name: str) -> None:
    scripts = {_script(character) for character in name if character.isalpha()}
    if not any(scripts <= together for together in _TOGETHER):
        raise NameRefused(Reason.MIXED_SCRIPTS)


def _script(letter: str) -> str:
    if letter in "々〇":
        return _HAN
    return unicodedata.name(letter).split()[0]


_RESERVED_HAN = tuple(map(skeleton, _SITE_HAN.split()))
_RESERVED_WORDS = frozenset(map(skeleton, _SITE_WORDS.split()))
_RESERVED_WHOLE = _RESERVED_WORDS | set(map(skeleton, _WHOLE_NAMES.split()))
