"""What the environment names is looked at first; what cannot be used is said in one sentence."""

import pytest

from orangefriday.embedded.named import check_named
from orangefriday.embedded.problem import CannotStart


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "DATABASE_URL",
            "postgresql://a:b@127.0.0.1:1/c",
            "DATABASE_URL cannot be used: .*refused",
        ),
        ("DATABASE_URL", "mysql://a:b@127.0.0.1/c", "is not like postgresql://"),
        ("DATABASE_URL", "garbage", "is not like postgresql://"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "The broker of REDIS_URL cannot be used"),
        ("ALLOWED_HOSTS", "friday.example", "needs a SECRET_KEY"),
    ],
)
def test_is_refused_with_the_reason(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "SECRET_KEY"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.delenv("LOCAL", raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart, match=sentence):
        check_named()


def test_servers_that_answer_are_taken() -> None:
    check_named()  # those of the tests
