"""What the million posts say: some thousand texts of words as rare and as common as words are."""

import random
from itertools import accumulate

from django.db import connection

from community.forum.models import Post
from community.text import pairs
from community.text.marking import plain

TEXTS = 2_000
# Everybody's words, and two that somebody looks for.
HAN = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"  # noqa: E501 one line of frequent characters
KNOWN = [
    "相机",
    "闪退",
    "桌面",
    "电池",
    "微信",
    "MIUI",
    "camera",
    "battery",
    "crash",
    "wifi",
    "3.5.7",
    "flash",
    "HDR",
    "Friday",
    "build",
]
POINTS = "，，，。。！？ "


def store_texts() -> None:
    """Table bench_text: number, body, html, terms of a text; for this connection alone."""
    somebody = random.Random(4)
    words = _words(somebody)
    weights = list(accumulate(1 / (place + 3) ** 0.9 for place in range(len(words))))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_text (n int, body text, html text, terms tsvector)")
        for number in range(TEXTS):
            post = Post()
            post.take_body(_text(somebody, words, weights))
            terms = pairs.index_terms(plain(post.rendered))
            row = [number, post.body, post.html, terms]
            cursor.execute("INSERT INTO bench_text VALUES (%s, %s, %s, %s::tsvector)", row)
        cursor.execute("ANALYZE bench_text")


def _words(somebody: random.Random) -> list[str]:
    """From the most common to the rarest: single characters, known words, made-up ones."""
    made = ["".join(somebody.choices(HAN, k=somebody.choice((2, 2, 2, 3)))) for _ in range(20_000)]
    for word in KNOWN:
        made.insert(somebody.randrange(100, 2_000), word)
    return [*HAN[:60], *made]


def _text(somebody: random.Random, words: list[str], weights: list[float]) -> str:
    length = max(5, min(300, int(somebody.lognormvariate(3.4, 0.7))))
    said = somebody.choices(words, cum_weights=weights, k=length)
    lines = "".join(
        f"{word} " if word.isascii() else word + somebody.choice(POINTS) * (somebody.random() < 0.2)
        for word in said
    )
    return f"{lines}\n\n- **{said[0]}**\n- {said[-1]}" if somebody.random() < 0.3 else lines
