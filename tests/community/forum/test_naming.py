"""Naming: what a post names is found when it is saved, in a query for all of them."""

import pytest
from django.test.utils import CaptureQueriesContext

from community.forum import references
from community.forum.domain.editing import edit_post
from community.forum.domain.naming import names_in
from community.forum.domain.posting import open_topic
from community.forum.models import Board, Post, Reference
from community.forum.references import Named
from tests.community.members.making import AT, make_member

pytestmark = pytest.mark.django_db
BUILD = Named(kind="build", key="7.0", title="Phone 7.0", url="/builds/7.0/")


@pytest.fixture(autouse=True)
def _a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"7.0": BUILD, "/builds/7.0/": BUILD}
    finders = {"build": lambda words: {word: known[word] for word in words if word in known}}
    monkeypatch.setattr(references, "_finders", finders)


def post(body: str) -> Post:
    board = Board.objects.get(slug="chat")
    return open_topic(board=board, title="标题", body=body, author=None, at=AT).posts.get()


def test_the_longest_name_there_is_right_after_han() -> None:
    make_member("xiao", display_name="小")
    make_member("ming", display_name="小明")
    assert names_in("感谢@小明你好").names == {"@小明": ["/members/ming/", "小明"]}


def test_an_at_sign_by_itself_names_nobody() -> None:
    assert names_in("看大家都 @，我不敢。").names == {}


@pytest.mark.parametrize("written", ["@李明", "@liming", "@LiMing"])
def test_by_the_name_shown_or_the_login_name(written: str) -> None:
    make_member("liming", display_name="李明")
    assert set(names_in(f"{written}!").things) == {("member", "liming")}


def test_the_name_shown_goes_before_a_login_name() -> None:
    make_member("bob", display_name="罗伯特")
    make_member("other", display_name="Bob")
    assert names_in("@bob").things == {("member", "other")}


def test_many_names_cost_one_query(django_assert_num_queries: CaptureQueriesContext) -> None:
    for n in range(3):
        make_member(f"someone{n}")
    with django_assert_num_queries(1):
        assert len(names_in("@someone0 @someone1，@someone2 [[7.0]]").by_word) == 4


def test_references_are_those_of_the_words_as_they_are_now() -> None:
    make_member("ming", display_name="小明")
    written = post("@小明 [[7.0]] /builds/7.0/")
    assert '<a href="/builds/7.0/" class="reference"' in written.rendered
    kinds = Reference.objects.filter(post=written).values_list("kind", "key")
    assert set(kinds) == {("member", "ming"), ("build", "7.0")}
    edit_post(post=written, body="[[7.0]]", at=AT)
    assert set(kinds.all()) == {("build", "7.0")}


def test_older_rules_render_again_with_the_same_names() -> None:
    written = post("见[[7.0]]")
    Post.objects.update(html="old", html_rules=0)
    again = Post.objects.get(pk=written.pk)
    assert again.rendered == written.rendered
