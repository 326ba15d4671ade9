"""Who lives in the demo community: five accounts to sign in with, engineers and voters."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from numpy.random import Generator

FAMILIES = ("One 5", "One 5s", "Note 3", "Fold 2", "Mini")
# What the product's manager would type in: who really uses what, not who votes.
INSTALLED = ("0.3400", "0.2600", "0.2200", "0.0600", "0.1200")
VOTERS_USE = (0.27, 0.36, 0.17, 0.13, 0.07)
REGIONS = ("北京", "上海", "广东", "浙江", "四川", "湖北", "江苏", "海外 Overseas")

_CHINESE_FIRST = (
    "橙子", "周五", "半夏", "小满", "南风", "北岛", "云边", "山里", "晚安", "早起",
    "一只", "三分", "薄荷", "青柠", "海盐", "拿铁", "豆浆", "油条", "西瓜", "冬瓜",
    "深蓝", "浅灰", "月白", "暖阳", "微凉", "慢热", "半糖", "去冰", "不加", "多肉",
)  # fmt: skip
_CHINESE_LAST = (
    "汽水", "书签", "猫", "鲸", "火车", "灯塔", "邮差", "旅人", "少年", "老王",
    "电台", "铅笔", "饭团", "星球", "河流", "信号", "像素", "石头", "屋檐", "风筝",
    "种子", "罐头", "闹钟", "围巾", "口琴", "渡口", "橘猫", "北极", "晴天", "果酱",
    "小站", "来信", "地图", "月亮", "钥匙", "松鼠", "麦田", "雪糕", "气球", "耳机",
    "码头", "豆芽", "影子", "台阶", "竹子", "年糕", "木马", "胶片", "鱼丸", "海鸥",
    "拨片", "陀螺", "雨伞", "柿子", "苔藓", "夜航", "纸船", "小鹿", "山雀", "话梅",
    "芒果", "贝壳", "枕头", "麻薯", "云朵", "草莓", "小舟", "蜗牛", "花火", "可可",
)  # fmt: skip
_ENGLISH_FIRST = (
    "quiet", "amber", "paper", "north", "copper", "velvet", "little", "rainy", "cedar", "lunar",
    "brisk", "hazel", "polar", "sunny", "misty", "royal", "rusty", "tidy", "early", "late",
    "mellow", "plain", "swift", "clever", "gentle", "bold", "dusty", "salty", "fuzzy", "merry",
)  # fmt: skip
_ENGLISH_LAST = (
    "otter", "maple", "comet", "ferry", "heron", "pixel", "radio", "fox", "lantern", "harbor",
    "pencil", "kite", "tram", "cello", "badger", "willow", "mango", "walnut", "robin", "bison",
    "anchor", "basil", "beacon", "birch", "bonsai", "button", "cactus", "canyon", "castle", "cherry",
    "clover", "cobalt", "coral", "cricket", "falcon", "fennel", "garnet", "ginger", "glacier", "hazelnut",
    "indigo", "jasper", "juniper", "lagoon", "laurel", "lemon", "lilac", "lynx", "marble", "marlin",
    "nectar", "nutmeg", "olive", "onyx", "orchid", "osprey", "papaya", "pebble", "pepper", "plum",
    "puffin", "quartz", "raven", "saffron", "salmon", "sparrow", "thistle", "topaz", "tulip", "violet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """One of the accounts `make run` prints."""

    role: str
    username: str
    display_name: str
    password: str


def accounts() -> list[Account]:
    """The five accounts, with passwords drawn anew: they open this installation only."""
    people = (
        ("fan", "小明"),
        ("manager", "许经理"),
        ("engineer", "林浩"),
        ("moderator", "版主阿橙"),
        ("admin", "Admin Wu"),
    )
    return [Account(role, role, name, secrets.token_urlsafe(9)) for role, name in people]


def nicknames() -> Iterator[tuple[str, str]]:
    """(login name, display name) without end of the same person: 4 200 of them, half in Chinese."""
    chinese = product(range(len(_CHINESE_LAST)), range(len(_CHINESE_FIRST)))
    english = product(range(len(_ENGLISH_LAST)), range(len(_ENGLISH_FIRST)))
    for (c_last, c_first), (e_last, e_first) in zip(chinese, english, strict=True):
        pair = f"{_ENGLISH_FIRST[e_first]}_{_ENGLISH_LAST[e_last]}"
        yield pair, f"{_ENGLISH_FIRST[e_first].capitalize()} {_ENGLISH_LAST[e_last]}"
        yield f"{pair}_zh", _CHINESE_FIRST[c_first] + _CHINESE_LAST[c_last]


def shuffled(rng: Generator, count: int) -> list[tuple[str, str]]:
    """`count` of the nicknames in an order that the seed decides."""
    names = list(nicknames())
    return [names[n] for n in rng.permutation(len(names))[:count]]
