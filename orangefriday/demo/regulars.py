"""The two hundred who write in the demo's forum: names, cities, phones and how much they talk."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from orangefriday.demo.people import FAMILIES

TALK = Path(__file__).parent / "talk"

# city: its name in English, region, time zone
CITIES: dict[str, tuple[str, str, str]] = {
    "北京": ("Beijing", "北京", "Asia/Shanghai"),
    "上海": ("Shanghai", "上海", "Asia/Shanghai"),
    "广州": ("Guangzhou", "广东", "Asia/Shanghai"),
    "深圳": ("Shenzhen", "广东", "Asia/Shanghai"),
    "佛山": ("Foshan", "广东", "Asia/Shanghai"),
    "杭州": ("Hangzhou", "浙江", "Asia/Shanghai"),
    "宁波": ("Ningbo", "浙江", "Asia/Shanghai"),
    "温州": ("Wenzhou", "浙江", "Asia/Shanghai"),
    "成都": ("Chengdu", "四川", "Asia/Shanghai"),
    "绵阳": ("Mianyang", "四川", "Asia/Shanghai"),
    "武汉": ("Wuhan", "湖北", "Asia/Shanghai"),
    "宜昌": ("Yichang", "湖北", "Asia/Shanghai"),
    "南京": ("Nanjing", "江苏", "Asia/Shanghai"),
    "苏州": ("Suzhou", "江苏", "Asia/Shanghai"),
    "无锡": ("Wuxi", "江苏", "Asia/Shanghai"),
}
_ABROAD = {
    "Auckland": "Pacific/Auckland", "Austin": "America/Chicago", "Bengaluru": "Asia/Kolkata",
    "Berlin": "Europe/Berlin", "Dublin": "Europe/Dublin", "Krakow": "Europe/Warsaw",
    "Kuala Lumpur": "Asia/Kuala_Lumpur", "Lagos": "Africa/Lagos", "Leeds": "Europe/London",
    "Lisbon": "Europe/Lisbon", "London": "Europe/London", "Madrid": "Europe/Madrid",
    "Melbourne": "Australia/Melbourne", "Mexico City": "America/Mexico_City",
    "Mumbai": "Asia/Kolkata", "Munich": "Europe/Berlin", "Nairobi": "Africa/Nairobi",
    "Seattle": "America/Los_Angeles", "Singapore": "Asia/Singapore",
    "Tampere": "Europe/Helsinki", "Toronto": "America/Toronto",
}  # fmt: skip
CITIES |= {city: (city, "海外 Overseas", zone) for city, zone in _ABROAD.items()}
STAFF_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Regular:
    """One who writes; `key` is how scenes call those with a character of their own."""

    key: str
    username: str
    name: str
    city: str
    device: str
    level: int | None
    weight: float
    about: str

    @property
    def is_chinese(self) -> bool:
        return has_han(self.name)

    @property
    def region(self) -> str:
        return CITIES[self.city][1]

    @property
    def zone(self) -> str:
        return CITIES[self.city][2]

    def city_in(self, text: str) -> str:
        """The city as a text in this language spells it."""
        return self.city if has_han(text) else CITIES[self.city][0]


def has_han(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@cache
def regulars() -> tuple[Regular, ...]:
    """Everybody in talk/members.txt, in its order."""
    lines = (TALK / "members.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_read(line) for line in lines if line and not line.startswith("#"))


def _read(line: str) -> Regular:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) == 4:
        username, name, city, device = cells
        key, level, weight, about = "", None, 1.0, ""
    else:
        key, username, name, city, device, lvl, wgt, about = cells
        level, weight = int(lvl), float(wgt)
    if device not in FAMILIES or city not in CITIES:
        raise ValueError(f"Nobody lives or phones like that: {line}")
    return Regular(key, username, name, city, device, level, weight, about)
