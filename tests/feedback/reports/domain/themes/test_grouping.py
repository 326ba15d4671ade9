"""Clusters of comments."""

from feedback.reports.domain.themes.grouping import clusters
from feedback.reports.domain.themes.space import Space
from feedback.reports.domain.themes.words import tokens

CRASH = ["相机闪退", "camera crashes", "相机又崩溃了", "the cam crashed", "拍照闪退"]
DRAIN = ["耗电太快", "battery drains overnight", "电池掉电", "Battery drain again", "一直掉电"]
NOISE = ["小区停电了", "lunch", "好"]


def grouped(comments: list[str]) -> set[frozenset[str]]:
    documents = [tokens(comment) for comment in comments]
    found = clusters(documents, Space(documents), fewest=5)
    return {frozenset(comments[place] for place in cluster.members) for cluster in found}


def test_comments_on_one_thing_are_one_cluster_in_either_language() -> None:
    assert grouped(CRASH + DRAIN + NOISE) == {frozenset(CRASH), frozenset(DRAIN)}


def test_the_order_of_comments_does_not_matter() -> None:
    assert grouped((CRASH + NOISE + DRAIN)[::-1]) == grouped(CRASH + DRAIN + NOISE)


def test_few_are_no_cluster() -> None:
    assert grouped(CRASH[:4] + NOISE) == set()
    assert grouped([]) == set()
