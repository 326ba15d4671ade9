"""Builds whose comments have themes."""

from datetime import timedelta

from community.builds.models import Build, Product
from feedback.reports.domain import store
from feedback.reports.models import Theme, VoteReport
from tests.feedback.reports.making import FROZEN, close, open_build, put, vote

CRASH = ("相机闪退", "camera crashes", "相机又崩溃了", "the cam crashed", "拍照闪退", "闪退！")
DRAIN = ("耗电太快", "battery drains overnight", "电池掉电", "Battery drain again", "一直掉电")
LAG = ("相册卡顿", "gallery lags", "相册好慢", "the album is slow", "图库卡")
DEVICES = ("Mi 5", "Mi 5", "Mi 5", "Mi 5", "Mi 5", "Redmi 3")


def themed_build(product: Product, *comments: str, weeks: int = 0) -> Build:
    """A closed build with a ballot for each comment on what let people down."""
    build = open_build(product, weeks=weeks, version=f"6.{weeks}")
    ballots = (
        vote(build, comments={"let_down": text}, family=DEVICES[n % 6])
        for n, text in enumerate(comments)
    )
    put(ballots, verified=1)
    close(build)
    return build


def themed_report(product: Product, *comments: str, weeks: int = 0) -> VoteReport:
    build = themed_build(product, *comments, weeks=weeks)
    return store(build_id=build.pk, at=FROZEN + timedelta(weeks=weeks))


def the_theme(report: VoteReport, word: str) -> Theme:
    """The shown theme whose label has this English word."""
    themes = [t for t in report.themes.told() if word in {each["en"] for each in t.label}]
    assert len(themes) == 1, [t.label for t in report.themes.all()]
    return themes[0]
