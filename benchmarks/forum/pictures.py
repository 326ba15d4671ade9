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

SIZE = (5774, 4329)
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
    "AVIF": ("AVIF", "RGB", {"quality": 50, "speed": 10}),
}


def run() -> bool:
    """Print a line for each kind; False when one takes more than the goal."""
    held = True
    with TemporaryDirectory() as folder:
        for name, (kind, mode, options) in KINDS.items():
            file = Path(folder) / kind
            _sample(mode).save(file, kind, **options)
            asked = [sys.executable, "-m", __name__, str(file)]
            said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
            cost = json.loads(said)
            size = file.stat().st_size / 1e6
            print(f"pictures {name}: {size:.1f} MB, {cost['mb']:.0f} MB more, {cost['s']:.2f} s")
            held &= cost["mb"] <= GOAL_MB and cost["s"] <= GOAL_S and size <= MOST_BYTES / 1e6
    return held


def _sample(mode: str) -> Image.Image:
    """Soft shapes, as a photograph has them."""
    rng = np.random.default_rng(1)
    width, height = SIZE
    small = rng.integers(0, 255, (height // 97, width // 97, 3), dtype=np.uint8)
    return Image.fromarray(small).resize(SIZE, Image.Resampling.BILINEAR).convert(mode)


def _measure(file: Path) -> dict[str, float]:
    from community.media.domain import decoding

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
