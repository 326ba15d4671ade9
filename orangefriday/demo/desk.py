"""The demo's manager on Wednesdays: themes put right, things followed up, and what became of it."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid5

from community.builds.models import Build, Engineer, Feature
from community.forum.domain.solving import say_fixed
from community.forum.models import Topic
from community.members.models import Member
from feedback.fourgrid.models import Ballot
from feedback.proposals.domain import answer_proposal
from feedback.proposals.models import Proposal
from feedback.reports.domain import following, notes, replying
from feedback.reports.domain.following import Source, Written
from feedback.reports.domain.themes import correcting
from feedback.reports.models import FollowUp, Side, Theme, VoteReport

HOUR = timedelta(hours=1)
READS_AFTER = 9 * HOUR
# The forms these were sent with, the same each time the demo is loaded.
FORMS = UUID("6f4d3b1e-9f0b-4c55-8a6e-2d7c1f1f0a64")
# What the manager calls the largest problem of a change, and lays its other large ones to.
NAMES = {
    "New share sheet": "新分享面板 · the new share sheet",
    "Charging pauses at 80 % overnight": "夜里充到 80% 就停 · stops at 80 %",
    "Keyboard learns from your corrections": "键盘学会错字 · learns typos",
}
LAID_TOGETHER = 2

SHARE_WISH = (
    "Let me sort the people in the share sheet",
    "分享面板里的人，让我自己排。很多人在四格里这样说：顺序每次都变，点错人。",
)
CHARGE_WISH = (
    "A switch to charge to 100 % tonight",
    "出差、夜班、早班机：夜里充到 80% 之外，要有一个“今晚充满”的开关。",
)


class Desk:
    """The last reports, oldest first, and who sits before them."""

    def __init__(self, manager: Member, reports: list[VoteReport]) -> None:
        self._manager = manager
        self._reports = reports
        self._made = 0

    def follow_up(self) -> None:
        """What was read becomes wishes, bugs and notes; some are done by now."""
        first, second, third = self._reports
        self._after_the_share_sheet(first, third.build)
        self._after_the_charging(second)
        self._lately(third)

    def _after_the_share_sheet(self, report: VoteReport, shipped_in: Build) -> None:
        wish = self._propose(report, "New share sheet", *SHARE_WISH)
        change = _change(shipped_in, "Recent people in the share sheet")
        at = report.computed_at + 30 * HOUR
        answer_proposal(
            proposal=wish, status="accepted", by=self._manager, at=at, accepted_for=shipped_in
        )
        answer_proposal(
            proposal=wish,
            status="shipped",
            at=shipped_in.published_at or at,
            accepted_for=shipped_in,
            shipped_as=change,
        )
        bug = self._report_bug(
            report,
            "Video keeps the horizon",
            "Video loses a third of the picture with the horizon kept",
            "地平线稳定开启后画面裁掉太多，边缘会抖。先查 60 帧的情况。",
        )
        say_fixed(topic=bug, build=self._reports[1].build.slug, at=bug.created_at + 60 * HOUR)
        note = self._note(
            report,
            "Calls switch to speaker on the table",
            "Speaker in pockets",
            "好几位说放进口袋也会变成免提。能不能加上接近传感器的判断？\nA reply below the build would calm people.",
        )
        text = (
            "口袋里误开免提的问题找到了：平放判断没有看接近传感器，下一版修好。\n\n"
            "The pocket is not a table, we know that now. Fixed in the next build; sorry to the whole train."
        )
        self._replied(note, text)

    def _after_the_charging(self, report: VoteReport) -> None:
        wish = self._propose(report, "Charging pauses at 80 % overnight", *CHARGE_WISH)
        at = report.computed_at + 30 * HOUR
        answer_proposal(proposal=wish, status="under_review", by=self._manager, at=at)
        self._report_bug(
            report,
            "Wi-Fi remembers slow places",
            "Wi-Fi that was slow once is never used again",
            "慢过一次的无线再也不连，月底流量超了。需要一个忘记“慢”的办法。",
        )
        note = self._note(
            report,
            "Notification history for a week",
            "验证码留在通知历史里",
            "通知历史能看到验证码和银行短信，请评估默认隐藏或加锁。",
        )
        self._read(note, is_done=True)

    def _lately(self, report: VoteReport) -> None:
        self._comment_to_bug(report, "Courier messages track the parcel")
        again = self._note(
            report,
            "Call recording asks once, then remembers",
            "录音又问了一遍 · it asks again",
            "换卡或重启之后又会问，还有人说前十秒没录上。周五前能看一下吗？",
        )
        self._read(again, is_done=False)
        self._note(
            report,
            "One-hand keyboard",
            "空格键在另一边 · the space bar",
            "靠左时空格还在右边，这条出现最多。Left-handed people ask for backspace too.",
        )
        self._note(
            report,
            "Shutter has no delay in daylight",
            "Indoors and against the light",
            "室内和逆光仍然慢半拍，说法很集中，看一下主题里的原话。",
        )

    def _propose(self, report: VoteReport, change: str, title: str, text: str) -> Proposal:
        made = following.propose(self._source(report, change), self._written(report, title, text))
        if made.proposal is None:
            raise ValueError("A proposal was made.")
        return made.proposal

    def _report_bug(self, report: VoteReport, change: str, title: str, text: str) -> Topic:
        made = following.open_bug(self._source(report, change), self._written(report, title, text))
        if made.topic is None:
            raise ValueError("A topic was opened.")
        return made.topic

    def _comment_to_bug(self, report: VoteReport, change: str) -> None:
        """One comment that says it plainly; its words stay on the ballot."""
        place = f"feature:{_change(report.build, change).pk}"
        said = Ballot.objects.filter(build=report.build_id, comments__has_key=place).order_by("pk")
        ballot = said[0].pk
        written = self._written(
            report, "A bank message was filed under parcels", "银行短信被归进快递，发件号段待查。"
        )
        following.open_bug(Source(report=report, ballot=ballot, place=place), written)

    def _note(self, report: VoteReport, change: str, title: str, text: str) -> FollowUp:
        credit = _change(report.build, change).credits.select_related("engineer")
        engineer: Engineer = credit.order_by("-share", "pk")[0].engineer
        written = self._written(report, title, text)
        feature = _change(report.build, change)
        return following.write_note(Source(report=report, feature=feature), written, engineer)

    def _read(self, note: FollowUp, *, is_done: bool) -> None:
        member = _reader_of(note)
        at = note.made_at + 5 * HOUR
        notes.mark_read(member=member, notes=[note.pk], at=at)
        if is_done:
            notes.set_done(member=member, note=note, is_done=True, at=at)

    def _replied(self, note: FollowUp, text: str) -> None:
        """After what has been said there, as its place in the topic has it."""
        topic = replying.topic_for(note)
        if topic is None:
            raise ValueError("A published build has a topic.")
        self._read(note, is_done=False)
        at = max(note.made_at + 6 * HOUR, topic.last_post_at + HOUR)
        replying.reply_to_note(note=note, text=text, by=_reader_of(note), at=at, key=None)

    def _source(self, report: VoteReport, change: str) -> Source:
        """The largest problem people had with a change; the change where they had none."""
        feature = _change(report.build, change)
        theme = next(_problems(report, feature), None)
        return Source(report=report, theme=theme, feature=None if theme else feature)

    def _written(self, report: VoteReport, title: str, text: str) -> Written:
        self._made += 1
        at = report.computed_at + READS_AFTER + self._made * HOUR / 4
        key = uuid5(FORMS, title)
        return Written(title=title, text=text, by=self._manager, at=at, key=key)


def put_right(report: VoteReport, manager: Member) -> None:
    """Call a problem by a name, and lay to it what is the same; later builds remember."""
    at = report.computed_at + READS_AFTER
    for title, name in NAMES.items():
        feature = report.build.features.filter(title=title).first()
        found = [*_problems(report, feature)] if feature else []
        if not found or found[0].name:
            continue
        first = found[0]
        correcting.rename(theme=first, name=name, by=manager, at=at)
        for other in found[1 : 1 + LAID_TOGETHER]:
            correcting.merge(theme=other, into=first, by=manager, at=at + HOUR / 2)


def _problems(report: VoteReport, feature: Feature) -> Iterator[Theme]:
    """Problems that speak of a change before any other, the largest first."""
    told = report.themes.filter(side=Side.LET_DOWN).told().largest_first()
    return (theme for theme in told if theme.features and theme.features[0][0] == feature.pk)


def _change(build: Build, title: str) -> Feature:
    return build.features.select_related("topic__board", "build__topic__board").get(title=title)


def _reader_of(note: FollowUp) -> Member:
    if note.engineer is None or note.engineer.member is None:
        raise ValueError("Engineers of the demo have accounts.")
    return note.engineer.member
