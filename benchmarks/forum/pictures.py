"""What taking in a picture costs: the largest one of each format, each in a process of its own.

`python -m benchmarks pictures`. Memory is what the process takes at most beyond what it had.
"""

import json
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from community.media.domain import decoding

SIZE, SMALLER = (5774, 4329), {"WEBP": (3464, 2598), "AVIF": (3055, 2291)}
MOST_BYTES = 8_000_000
GOAL_MB, GOAL_S = 150, 2.0
KINDS = {
    "JPEG": ("JPEG", "RGB", {"quality": 75}),
    "progressive JPEG": ("JPEG", "RGB", {"quality": 75, "progressive": True}),
    "PNG": ("PNG", "RGB", {}),
    "PNG with alpha": ("PNG", "RGBA", {}),
    "PNG in grey with alpha": ("PNG", "LA", {}),
    "GIF": ("GIF", "P", {}),
    "WebP": ("WEBP", "RGB", {"quality": 60, "method": 0}),
    "WebP with alpha": ("WEBP", "RGBA", {"quality": 60, "method": 0}),
    "AVIF": ("AVIF", "RGB", {"quality": 50, "speed": 10}),
    "AVIF with alpha": ("AVIF", "RGBA", {"quality": 50, "speed": 10, "subsampling": "4:4:4"}),
}


def run() -> bool:
    """Print a line for each kind; False when one takes more than the goal."""
    held = True
    with TemporaryDirectory() as folder:
        for name, (kind, mode, options) in KINDS.items():
            file = Path(folder) / kind
            size = SMALLER.get(kind, SIZE)
            sample = _sample(mode, size, is_flat=kind in {"PNG", "GIF"})
            sample.save(file, kind, **options)
            asked = [sys.executable, "-m", __name__, str(file)]
            said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
            cost = json.loads(said)
            megabytes = file.stat().st_size / 1e6
            told = f"{megabytes:.1f} MB, {cost['mb']:.0f} MB more, {cost['s']:.2f} s"
            print(f"pictures {name}: {told}")
            held &= cost["mb"] <= GOAL_MB and cost["s"] <= GOAL_S and megabytes <= MOST_BYTES / 1e6
    return held


def _sample(mode: str, size: tuple[int, int], *, is_flat: bool) -> Image.Image:
    """Soft shapes, as a photograph has them, alpha too; flat ones fit into 8 MB without loss."""
    rng = np.random.default_rng(1)
    width, height = size
    bands = 4 if mode == "RGBA" else 3
    small = rng.integers(0, 255, (height // 97, width // 97, bands), dtype=np.uint8)
    soft = Image.fromarray(small).resize(size, Image.Resampling.BILINEAR)
    drawn = soft.point(lambda value: value & 0xE0) if is_flat else soft
    return drawn.convert(mode, dither=Image.Dither.NONE)


def _measure(file: Path) -> dict[str, float]:
    data = file.read_bytes()
    blank = BytesIO()
    Image.new("RGB", (64, 64)).save(blank, "PNG")
    decoding.encode(blank.getvalue())
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    before, begun = _most_kb(), time.process_time()
    decoding.encode(data)
    return {"mb": (_most_kb() - before) / 1024, "s": time.process_time() - begun}


def _most_kb() -> int:
    """The most memory this process has held."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]))))
