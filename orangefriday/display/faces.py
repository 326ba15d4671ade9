"""Faces: the letter and the calm colour that stand for a name without a photo."""

import re
import unicodedata
from zlib import crc32

COLOURS = 12
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def letter(name: str) -> str:
    """The last Han character of a name, else its first letter or digit in upper case."""
    name = unicodedata.normalize("NFKC", name)
    if han := _HAN.findall(name):
        return str(han[-1])
    return next((character.upper() for character in name if character.isalnum()), "?")


def colour(name: str) -> int:
    """A number below `COLOURS`, the same for every spelling of a name in case and width."""
    return crc32(unicodedata.normalize("NFKC", name).casefold().encode()) % COLOURS
