"""Sets one document in a process of its own: `python -I typesetter.py pdf|png MADE_AT < data.json`.

The template is a file of the project, what people wrote comes as data and is never read as markup.
Once the fonts are loaded the process may open no file and no connection, so that not even a
faulty template reads or fetches anything; memory and time are bounded too.
"""

import resource
import struct
import sys
from pathlib import Path

import typst

HERE = Path(__file__).parent
MEMORY = 1 << 30
CPU_SECONDS = 20
# Standard input, output and error are open already.
NO_MORE_FILES = 3
PIXELS_AN_INCH = 172.8
# Makes the fonts be read while that is still allowed.
WARM_UP = b'#set text(font: "Noto Sans CJK SC")\nRegular *bold*'


def main() -> None:
    kind, made_at = sys.argv[1], int(sys.argv[2])
    data = sys.stdin.buffer.read().decode()
    template = (HERE / "first_page.typ").read_bytes()
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"]
    )
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True, root=HERE / "fonts")
    compiler.compile(input=WARM_UP, format="pdf")
    lock_in()
    pages = compiler.compile(
        input=template,
        format="png" if kind == "png" else "pdf",
        ppi=PIXELS_AN_INCH,
        sys_inputs={"data": data},
        timestamp=made_at,
    )
    for page in pages if isinstance(pages, list) else [pages or b""]:
        sys.stdout.buffer.write(struct.pack(">I", len(page)) + page)


def lock_in() -> None:
    """No file, no connection, so much memory and time, from here on."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (NO_MORE_FILES, NO_MORE_FILES))


if __name__ == "__main__":
    main()
