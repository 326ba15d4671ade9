"""Pictures drawn for the demo: a scene is its ground and the shapes upon it, one after another."""

from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 720
# Drawn so much larger, then scaled down: edges come out smooth.
FINE = 2

# What (oval, box, round, arc, line, fan), where (x, y of two corners), in which colour.
Shape = tuple[str, tuple[int, ...], str]


def _kernels(colour: str) -> list[Shape]:
    spots = ((330, 190), (400, 150), (480, 135), (560, 150), (630, 190), (370, 225), (450, 205),
             (530, 205), (600, 230))  # fmt: skip
    return [("oval", (x - 52, y - 46, x + 52, y + 46), colour) for x, y in spots]


def _rows(colours: tuple[str, ...], *, top: int, high: int) -> list[Shape]:
    return [
        ("box", (150, top + n * high, 810, top + (n + 1) * high - 6), colour)
        for n, colour in enumerate(colours)
    ]


def _cells(left: int, top: int, side: int, colours: tuple[str, str, str, str]) -> list[Shape]:
    gap = side // 10
    return [
        ("round", (left + dx, top + dy, left + dx + side, top + dy + side), colour)
        for (dx, dy), colour in zip(
            ((0, 0), (side + gap, 0), (0, side + gap), (side + gap, side + gap)),
            colours,
            strict=True,
        )
    ]


def _oranges() -> list[Shape]:
    shapes: list[Shape] = []
    for x, y in (
        (250, 420),
        (410, 420),
        (570, 420),
        (730, 420),
        (330, 300),
        (490, 300),
        (650, 300),
    ):
        shapes += [
            ("oval", (x - 82, y - 82, x + 82, y + 82), "#f28c28"),
            ("oval", (x - 46, y - 58, x - 6, y - 22), "#f7b267"),
            ("oval", (x - 8, y - 92, x + 34, y - 68), "#4f7942"),
        ]
    return shapes


def _flowers() -> list[Shape]:
    shapes: list[Shape] = []
    colours = ("#d1495b", "#edae49", "#f4f1de", "#d1495b", "#edae49")
    for (x, y), colour in zip(
        ((320, 230), (430, 170), (540, 170), (640, 240), (480, 270)), colours, strict=True
    ):
        shapes.append(("line", (x, y, 480, 620), "#3d6b4f"))
        petals = ((0, -44), (42, -14), (26, 36), (-26, 36), (-42, -14))
        shapes += [
            ("oval", (x + dx - 34, y + dy - 34, x + dx + 34, y + dy + 34), colour)
            for dx, dy in petals
        ]
        shapes.append(("oval", (x - 22, y - 22, x + 22, y + 22), "#7a4419"))
    return shapes


SCENES: dict[str, tuple[str, list[Shape]]] = {
    "popcorn": ("#fbe9d7", [
        *_kernels("#fff3c4"), ("fan", (300, 250, 660, 640, 60), "#d1495b"),
        ("fan", (390, 250, 450, 640, 12), "#fffaf0"), ("fan", (510, 250, 570, 640, -12), "#fffaf0"),
    ]),
    "mug": ("#dfe7ea", [
        ("box", (0, 560, 960, 720), "#b08968"), ("oval", (600, 300, 780, 500), "#33312e"),
        ("oval", (640, 340, 740, 460), "#dfe7ea"), ("round", (270, 230, 660, 600), "#33312e"),
        *_cells(370, 320, 84, ("#f4f1de", "#f28c28", "#f4f1de", "#f4f1de")),
    ]),
    "cake": ("#f6e7ef", [
        ("oval", (140, 560, 820, 660), "#d9d2c5"), ("round", (210, 380, 750, 610), "#8d5b4c"),
        ("round", (210, 360, 750, 450), "#fff8ee"), ("round", (290, 240, 670, 400), "#f7c6c7"),
        ("round", (290, 220, 670, 280), "#fff8ee"), ("box", (400, 120, 420, 230), "#5b8e7d"),
        ("box", (470, 110, 490, 230), "#f28c28"), ("box", (540, 120, 560, 230), "#5b8e7d"),
        ("oval", (398, 80, 422, 124), "#ffd166"), ("oval", (468, 70, 492, 114), "#ffd166"),
        ("oval", (538, 80, 562, 124), "#ffd166"),
    ]),
    "scarf": ("#e9ecef", [
        *_rows(("#e76f51", "#f4a261", "#e9c46a", "#2a9d8f", "#264653", "#e76f51"), top=120, high=80),
        *[("box", (160 + n * 55, 600, 180 + n * 55, 670), "#264653") for n in range(12)],
    ]),
    "oranges": ("#eef3e2", [*_oranges(), ("box", (130, 480, 830, 660), "#a97142"),
        ("box", (130, 530, 830, 545), "#7f5530"), ("box", (130, 600, 830, 615), "#7f5530")]),
    "portrait": ("#f3ead8", [
        ("box", (230, 60, 730, 660), "#5e503f"), ("box", (260, 90, 700, 630), "#cfe0e8"),
        ("oval", (320, 480, 640, 800), "#2a6f97"), ("box", (230, 630, 730, 660), "#5e503f"),
        ("box", (200, 661, 760, 720), "#f3ead8"), ("oval", (380, 210, 580, 480), "#f1c9a5"),
        ("oval", (365, 180, 595, 320), "#2f2a26"), ("oval", (425, 330, 445, 352), "#2f2a26"),
        ("oval", (515, 330, 535, 352), "#2f2a26"), ("arc", (430, 350, 530, 430), "#8d3b2f"),
    ]),
    "bouquet": ("#e6eef5", [*_flowers(), ("fan", (380, 420, 580, 680, 60), "#e0b1cb")]),
    "postcard": ("#d8cfc0", [
        ("box", (120, 120, 840, 600), "#fffdf7"), ("box", (150, 150, 810, 570), "#f8b26a"),
        ("oval", (560, 210, 700, 350), "#fff1c1"), ("box", (150, 470, 810, 570), "#3b5b7a"),
        ("box", (220, 330, 300, 480), "#23364d"), ("box", (310, 270, 380, 480), "#2c4763"),
        ("box", (390, 360, 500, 480), "#23364d"), ("box", (510, 300, 560, 480), "#2c4763"),
        ("box", (640, 380, 760, 480), "#23364d"),
    ]),
    "cookies": ("#f2e8dc", [
        ("oval", (140, 70, 820, 670), "#fffaf2"), ("oval", (190, 110, 770, 630), "#efe3d3"),
        *_cells(290, 180, 180, ("#c68642", "#c68642", "#c68642", "#f28c28")),
        *[("oval", (x, y, x + 26, y + 26), "#5b3a1e") for x, y in
          ((330, 220), (400, 300), (350, 320), (540, 230), (600, 300), (330, 430), (410, 500))],
    ]),
    "patch": ("#3c4a3e", [
        ("round", (230, 110, 730, 610), "#e8dcc4"), ("round", (255, 135, 705, 585), "#22302a"),
        *_cells(330, 210, 143, ("#e8dcc4", "#f28c28", "#e8dcc4", "#e8dcc4")),
    ]),
    "cat": ("#dbe7e4", [
        ("fan", (330, 110, 350, 320, -70), "#8c8279"), ("fan", (610, 110, 630, 320, -70), "#8c8279"),
        ("oval", (250, 170, 710, 600), "#a39a90"), ("oval", (350, 320, 420, 410), "#f7f3e8"),
        ("oval", (540, 320, 610, 410), "#f7f3e8"), ("oval", (375, 340, 405, 400), "#22302a"),
        ("oval", (560, 340, 590, 400), "#22302a"), ("oval", (455, 430, 505, 465), "#d98c8c"),
        ("arc", (410, 430, 480, 510), "#4a433d"), ("arc", (480, 430, 550, 510), "#4a433d"),
    ]),
    "pennant": ("#efe6da", [
        ("box", (280, 60, 680, 90), "#b08d3e"), ("box", (300, 90, 660, 560), "#b3261e"),
        ("fan", (300, 555, 660, 690, 180), "#b3261e"), ("box", (330, 120, 630, 132), "#e6c35c"),
        *_cells(415, 220, 60, ("#e6c35c", "#f28c28", "#e6c35c", "#e6c35c")),
        ("box", (390, 430, 570, 444), "#e6c35c"), ("box", (390, 480, 570, 494), "#e6c35c"),
    ]),
}  # fmt: skip


def drawing(name: str, *, is_square: bool = False) -> bytes:
    """A scene as PNG, or its middle."""
    ground, shapes = SCENES[name]
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)
    pencil = ImageDraw.Draw(image)
    for what, where, colour in shapes:
        _draw(pencil, what, [value * FINE for value in where], colour)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    if is_square:
        edge = (WIDTH - HEIGHT) // 2
        image = image.crop((edge, 0, edge + HEIGHT, HEIGHT))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _draw(pencil: ImageDraw.ImageDraw, what: str, where: list[int], colour: str) -> None:
    left, top, right, bottom, *rest = where
    box = (left, top, right, bottom)
    if what == "oval":
        pencil.ellipse(box, fill=colour)
    elif what == "round":
        pencil.rounded_rectangle(box, radius=28 * FINE, fill=colour)
    elif what == "arc":
        pencil.arc(box, 20, 160, fill=colour, width=8 * FINE)
    elif what == "line":
        pencil.line(box, fill=colour, width=12 * FINE)
    elif what == "fan":  # narrower below by so much on each side
        (by,) = rest
        pencil.polygon(
            [(left, top), (right, top), (right - by, bottom), (left + by, bottom)], colour
        )
    else:
        pencil.rectangle(box, fill=colour)
