"""The six boards only the demo has, next to those every site begins with."""

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
MODERATED = ("bugs", "photography", "meetups", "site", "duty")
