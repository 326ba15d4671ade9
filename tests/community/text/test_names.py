"""Names: what is kept, what is refused, what looks the same."""

import itertools
import unicodedata

import pytest

from community.text.names import NameRefused, Reason, clean, is_reserved, skeleton


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("小明", "小明"),
        ("  Ada Lovelace ", "Ada Lovelace"),
        ("ＡＢ１２", "AB12"),
        ("José", "José"),
        ("e\u0301mile", "émile"),
        ("米粉·小王", "米粉·小王"),
        ("Алиса", "Алиса"),
        ("さくらA", "さくらA"),
        ("김철수", "김철수"),
        ("Badminton", "Badminton"),
        ("二十个字二十个字二十", "二十个字二十个字二十"),
    ],
)
def test_kept(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.TOO_SHORT),
        ("a", Reason.TOO_SHORT),
        ("二十个字二十个字二十一", Reason.TOO_LONG),
        ("a" * 21, Reason.TOO_LONG),
        ("a\u200bb", Reason.INVISIBLE),
        ("a\u2060b", Reason.INVISIBLE),
        ("小\u00ad明", Reason.INVISIBLE),
        ("a\u202eb", Reason.INVISIBLE),
        ("\u2067ab\u2069", Reason.INVISIBLE),
        ("ab\x00", Reason.INVISIBLE),
        ("小\ufe0f明", Reason.CHARACTER),
        ("a\u3164b", Reason.CHARACTER),
        ("x\u0336y", Reason.CHARACTER),
        ("😀😀", Reason.CHARACTER),
        ("a@b.example", Reason.CHARACTER),
        ("<b>", Reason.CHARACTER),
        ("-ab", Reason.CHARACTER),
        ("ab.", Reason.CHARACTER),
        ("a  b", Reason.CHARACTER),
        ("עברית", Reason.CHARACTER),
        ("ɑlice", Reason.CHARACTER),
        ("Αlice", Reason.MIXED_SCRIPTS),
        ("pаypal", Reason.MIXED_SCRIPTS),
        ("한かな", Reason.MIXED_SCRIPTS),
    ],
)
def test_refused(typed: str, reason: Reason) -> None:
    with pytest.raises(NameRefused) as refusal:
        clean(typed)
    assert refusal.value.reason is reason


def test_login_names_hold_no_spaces() -> None:
    assert clean("ab", may_hold_spaces=False) == "ab"
    with pytest.raises(NameRefused):
        clean("ab cd", may_hold_spaces=False)


def test_signs_of_han_belong_to_han() -> None:
    assert clean("佐々木") == "佐々木"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小明", "小 明"),
        ("後台", "后台"),
        ("Paul", "PauI"),
        ("Paul", "Pau1"),
        ("Bob", "B0B"),
        ("modern", "modem"),
        ("José", "Jose"),
        ("łukasz", "lukasz"),
        ("scope", "ѕсоре"),
        ("HOPE", "НОРЕ"),
        ("TOM", "ΤΟΜ"),
        ("ada.l", "ada_l"),
        ("日本", "曰本"),
        ("口力", "ロカ"),
    ],
)
def test_look_alikes_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("小明", "小红"), ("Anna", "Hanna"), ("tom", "tim")])
def test_different_names_keep_different_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize("name", ["小明", "Paul", "œuvre", "ＡＢ", "ÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆ"])
def test_a_skeleton_fits_its_column_and_stays_what_it_is(name: str) -> None:
    assert len(skeleton(name)) <= 80
    assert skeleton(skeleton(name)) == skeleton(name)


@pytest.mark.parametrize(
    "name",
    [
        "admin", "ADMIN", "Admin 1", "adm1n", "4dm1n", "a-d-m-i-n", "TheAdmin", "Site Admin",
        "官方", "小米官方客服", "管理員", "橙色 星期五", "OrangeFriday", "Orange_Friday",
        "0fficial", "Support", "system", "爆米花獎",
    ],
)  # fmt: skip
def test_reserved(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["Badminton", "Modesto", "Friday", "橙色", "星期五", "Systema"])
def test_not_reserved(name: str) -> None:
    assert not is_reserved(name)


def test_the_site_itself_may_use_reserved_names() -> None:
    assert clean("admin", is_reserved_allowed=True) == "admin"


# Letters drawn like the ones of reserved words, from other alphabets and other corners of Unicode.
DRAWN_ALIKE = {
    "a": "аα", "c": "сϲ", "d": "ԁđ", "e": "еҽ", "f": "", "h": "һħ", "i": "іιı1l", "j": "јϳ",
    "k": "кκ", "l": "1ӏІ", "m": "м", "n": "пηŋ", "o": "оο0ø", "p": "рρþ", "r": "г", "s": "ѕ5",
    "t": "тτŧ", "u": "υμ", "w": "ԝω", "x": "хχ", "y": "уγ",
}  # fmt: skip


MARKS = "".join(map(chr, range(0x0300, 0x0370)))


def _disguises(word: str) -> set[str]:
    folded: dict[str, list[str]] = {}
    for point in itertools.chain(range(0x00C0, 0x2FFF), range(0xFB00, 0x20000)):
        bare = unicodedata.normalize("NFKD", chr(point)).lower().rstrip(MARKS)
        if len(bare) == 1 and bare in word and bare.isascii():
            folded.setdefault(bare, []).append(chr(point))
    found = {"\u200b".join(word), f"\u202e{word[::-1]}", ".".join(word), word.title() + "\u00ad"}
    for place, letter in enumerate(word):
        for other in [*folded.get(letter, []), *DRAWN_ALIKE.get(letter, "")]:
            found.add(word[:place] + other + word[place + 1 :])
    for letter, others in DRAWN_ALIKE.items():
        found |= {word.replace(letter, other) for other in others if letter in word}
    return found


def test_no_disguise_of_a_reserved_name_is_accepted() -> None:
    disguises = set().union(*map(_disguises, ("admin", "moderator", "official", "orangefriday")))
    accepted = []
    for name in disguises:
        try:
            accepted.append(clean(name))
        except NameRefused:
            continue
    assert len(disguises) > 1000
    assert accepted == []
