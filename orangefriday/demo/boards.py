"""The six boards and three columns only the demo has."""

from typing import Any

from community.forum.models import Board

MORE_BOARDS: tuple[dict[str, Any], ...] = (
    {
        "slug": "photography",
        "stage": Board.Stage.EXPERIENCE,
        "name": "Photography",
        "name_zh": "摄影",
        "description": "Pictures, how they were taken, and a theme every Friday.",
        "description_zh": "照片、参数、每周五一个主题。",
        "kinds": ["talk", "question", "instalment"],
    },
    {
        "slug": "themes",
        "stage": Board.Stage.EXPERIENCE,
        "name": "Themes",
        "name_zh": "主题美化",
        "description": "Lock screens, icons and desktops worth a second look.",
        "description_zh": "锁屏、图标、桌面，越看越顺眼。",
    },
    {
        "slug": "battery",
        "stage": Board.Stage.EXPERIENCE,
        "name": "Battery lab",
        "name_zh": "续航实验室",
        "description": "Numbers before opinions: what a charge lasts, and why.",
        "description_zh": "先有数据，再有结论。",
        "kinds": ["talk", "experience", "instalment"],
    },
    {
        "slug": "meetups",
        "stage": Board.Stage.CHAT,
        "name": "City meetups",
        "name_zh": "同城聚会",
        "description": "When and where; for members, because of addresses.",
        "description_zh": "时间地点都在里面，只给会员看。",
        "readers": Board.Readers.MEMBERS,
    },
    {
        "slug": "site",
        "stage": Board.Stage.HELP,
        "name": "Site and translations",
        "name_zh": "站务与翻译",
        "description": "How this place should work, and how it should sound in two languages.",
        "description_zh": "社区怎么办得更好，两种语言怎么说得更顺。",
    },
    {
        "slug": "duty",
        "stage": Board.Stage.CHAT,
        "name": "Duty room",
        "name_zh": "值班室",
        "description": "For engineers, managers and moderators on duty.",
        "description_zh": "工程师、产品经理和版主的交接班。",
        "readers": Board.Readers.STAFF,
    },
)
MODERATED = (
    "bugs", "help", "chat", "experience", "photography", "battery", "meetups", "site", "duty",
)  # fmt: skip

COLUMNS: tuple[dict[str, Any], ...] = (
    {
        "slug": "qin-tests",
        "name": "Qin tests for a week",
        "name_zh": "老秦测一周",
        "description": "One complaint at a time, until its conditions are all found.",
        "description_zh": "每次一个毛病，把条件找齐，写清楚，交给工程师。",
        "schedule": "Every Thursday",
        "schedule_zh": "每周四",
        "weekday": 3,
        "board": "experience",
        "tag": "老秦测一周",
    },
    {
        "slug": "through-glass",
        "name": "Through Glass",
        "name_zh": "玻璃后面",
        "description": "Photographing with what is in your pocket. One idea an instalment.",
        "description_zh": "用口袋里的手机拍照，每期一个想法。",
        "schedule": "Thursdays, when the light was good",
        "schedule_zh": "周四，光好的时候",
        "weekday": 3,
        "board": "photography",
        "tag": "through_glass",
    },
    {
        "slug": "night-notes",
        "name": "Battery notes from the night shift",
        "name_zh": "夜班电量笔记",
        "description": "Four years of percentages, and the nights they came from.",
        "description_zh": "数了四年电量，也写写那些夜里。",
        "schedule": "Mondays after the night shift",
        "schedule_zh": "周一，下夜班以后",
        "weekday": 0,
        "board": "battery",
        "tag": "夜班电量笔记",
    },
)
