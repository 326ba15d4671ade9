"""Letters that look like other letters, in the alphabets a name may use."""

# As capitals only: Η is read as H, while its small η is read as n.
CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "ABEZHIKMNOPTYXCJ")

# Lower case (both cases of Cyrillic look alike); the value stands for all who share a look.
_CYRILLIC = (
    "авекмнорстухѕіјԁԛԝһҺԍьѵгпилӏүҮѡѳҽԏ",
    "abekmhopctyxsljdqwhhgbvrnulIyywoet",
)
_GREEK = ("αβγδεζηικμνορςστυχωϲϳ", "abydezhlkuvopcstuxwcj")
_LATIN = ("đðħıłŀøŧŋĸſ", "ddhllloTnkf")
_DIGITS = ("01i|", "olll")
_HAN = (
    "曰末士已巳入夭千于戍戌汩壬毌冃〇吿呂黄柬刺胄睛",
    "日未土己己人天干干戊戊汨王母日o告吕黄束剌冑晴",
)
# Kana and signs drawn like Han.
_KANA = ("ーニロカタトハエオチミヘリ", "一二口力夕卜八工才千三へり")


def _table(*rows: tuple[str, str]) -> dict[int, str]:
    return {ord(seen): meant.lower() for row in rows for seen, meant in zip(*row, strict=True)}


AT_ANY_SIZE = _table(_CYRILLIC, _GREEK, _LATIN, _DIGITS, _HAN, _KANA) | {
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("þ"): "p",
    ord("千"): "干",
    ord("チ"): "干",
}

# Two letters that read as one when they stand close.
PAIRS = (("rn", "m"), ("vv", "w"))

# Digits and signs used for letters; only to see reserved words in disguise.
LEET = str.maketrans("34578", "eastb")
