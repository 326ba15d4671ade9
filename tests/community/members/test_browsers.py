"""Browsers by the names people use."""

import pytest

from community.members.browsers import browser_name

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (Linux; Android 14; Mi 5) Chrome/116.0 MicroMessenger/8.0.47"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome · Linux"),
        (WECHAT, "WeChat · Android"),
        (IPHONE, "Safari · iPhone"),
        (EDGE, "Edge · Windows"),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
    ],
)
def test_browser_name(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
