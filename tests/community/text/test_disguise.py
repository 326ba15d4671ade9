"""Words are found however they are dressed, and not in other words."""

import pytest

from community.text.disguise import Found, Spotter

SPOTTER = Spotter(["小米", "加微信", "银行", "ass", "繁体"])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "小米",
            "小 米",
            "小*米",
            "小\u200b米",
            "小。米",
            "買小米吧",
            "xiaomi",
            "XiaoMi",
            "xiao mi",
        ),
        *(
            "x i a o mi",
            "x i a o m i",
            "x-i-a-o-m-i",
            "ｘｉａｏｍｉ",
            "х\u0456аоmi",
            "x1aom1",
            "小mi",
            "xiao米",
        ),
        *(
            "小 m i",
            "大xiaomi好",
            "xiaomi14",
            "xi\u00e1om\u01d0",
            "看xiao.mi!",
            "\uff58iao\u3000米",
        ),
        *(
            "加微信",
            "加薇信 jia微xin",
            "jiaweixin",
            "加。微。信",
            "yinhang",
            "银hang",
            "銀行",
            "繁體",
            "fanti",
        ),
        *("ass", "a s s", "you a.s.s!", "an áss"),
    ],
)
def test_a_word_is_seen_through_its_dress(text: str) -> None:
    assert SPOTTER.find(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "小",
            "他很小。米饭好吃",
            "小麦和大米",
            "晓米",
            "xiaoming",
            "daxiaomi",
            "xia omi",
            "x iaomi",
        ),
        *("class", "as such", "as sure as", "assist", "bass", "as-sure", "微信", "加 weixi"),
    ],
)
def test_other_words_are_left_in_peace(text: str) -> None:
    assert SPOTTER.find(text) == []


def test_where_it_stands_is_told_as_it_was_written() -> None:
    assert SPOTTER.find("我有 ｘiao 米 哦") == [Found("小米", 3, 9)]


def test_texts_made_to_be_slow_are_not() -> None:
    """Steps in the tree are at most the length of the text times that of the word."""
    spotter = Spotter(["a" * 60, "ab" * 30])
    assert len(spotter.find("a " * 5000)) == 5000 - 59
    assert spotter.find("ab" * 29 * 100 + "x") == []
