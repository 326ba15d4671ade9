"""The demo's watched words, one for each thing a word can do, and who ran into one."""

from datetime import datetime, timedelta

from community.forum.domain.posting import reply
from community.forum.models import Topic
from community.members.models import Member
from community.moderation.domain.words import save_word
from community.moderation.models import WatchedWord

BLOCK, REVIEW, REPLACE, ANSWER = WatchedWord.Action
# The word, what is done, the rule as members are told it, the board, other words or the answer.
WORDS = (
    ("解锁码代开", BLOCK, "不买卖解锁服务 · No unlocking services for sale", "", ""),
    ("buy followers", BLOCK, "Nothing is bought here, no followers either · 不买粉", "", ""),
    ("收内测资格", REVIEW, "内测资格不转让 · Inner-test places are not traded", "", ""),
    ("leaked build", REVIEW, "Builds come from the build page only · 版本只在版本页发布", "", ""),
    ("脑残", REPLACE, "对事不对人 · Talk about things, not people", "", "想法不同"),
    ("idiots", REPLACE, "Talk about things, not people · 对事不对人", "", "people who disagree"),
    (
        "什么时候更新",
        ANSWER,
        "常见问题自动回答 · Answered by itself",
        "help",
        "每周五 17:00 发布，投票到周二 24:00。版本页上有倒计时。",
    ),
)  # fmt: skip
# Who wrote it, on which board, how many minutes ago: held, however it is dressed.
HELD = (
    ("xiaowu_m", "help", 50, "有人让吗？收 內 测·资 格，一台 Mini 换，诚心。"),
    ("tom_is_new", "chat", 95, "Has anybody tried the l e a k e d build from that video? Asking for a friend."),
)  # fmt: skip


def look_out(admin: Member, *, at: datetime) -> None:
    """Put the words on the list, and let two members run into them."""
    for pattern, action, rule, board, text in WORDS:
        word = WatchedWord(pattern=pattern, action=action, rule=rule, board=board, text=text)
        save_word(word=word, by=admin, at=at - timedelta(days=40))
    for username, board, minutes, words in HELD:
        topics = Topic.objects.visible().filter(board__slug=board, is_locked=False)
        topic = topics.order_by("-last_post_at", "-pk")[0]
        author = Member.objects.get(username=username)
        moment = at - timedelta(minutes=minutes)
        reply(topic=topic, author=author, body=words, submission_key=None, at=moment)
