"""Makes the two fonts from Noto Sans CJK 2.004: `python subset_fonts.py FOLDER_OF_THE_TTC_FILES`.

Needs `fonttools`. Regular: GB 2312 and the Han of Big5, with Latin, Greek, Cyrillic, kana and
signs. Bold, for headings: the 3 755 commonest Han; others are then set in Regular.
"""

import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

SIMPLIFIED = 2  # which of the fonts in a file
LATIN = map(chr, chain(range(0x20, 0x7F), range(0xA0, 0x180)))
SIGNS = "–—‘’“”…·•▲▼△▽→←↑↓−×±≤≥≈‰°€£¥©®™★☆✓"


def characters(encoding: str, rows: range) -> Iterator[str]:
    """What a two-byte encoding has in some rows."""
    for row in rows:
        for cell in range(0x40, 0xFF):
            yield from bytes((row, cell)).decode(encoding, "ignore")[-1:]


def is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿"


def make(source: Path, target: Path, wanted: set[str]) -> None:
    command = [sys.executable, "-m", "fontTools.subset", str(source), f"--output-file={target}"]
    options = [
        f"--font-number={SIMPLIFIED}",
        "--layout-features=kern,tnum,lnum,pwid",
        "--no-hinting",
    ]
    subprocess.run([*command, *options, f"--text={''.join(sorted(wanted))}"], check=True)  # noqa: S603 its own words, no shell


if __name__ == "__main__":
    folder, here = Path(sys.argv[1]), Path(__file__).parent / "fonts"
    mainland = set(characters("gb2312", range(0xA1, 0xF8)))
    taiwan = {c for c in characters("big5", range(0xA4, 0xC7)) if is_han(c)}
    common = set(characters("gb2312", range(0xB0, 0xD8)))
    basic = {*LATIN, *SIGNS, *(c for c in mainland if not is_han(c))}
    make(
        folder / "NotoSansCJK-Regular.ttc",
        here / "NotoSansSC-Regular.otf",
        basic | mainland | taiwan,
    )
    make(folder / "NotoSansCJK-Bold.ttc", here / "NotoSansSC-Bold.otf", basic | common)
