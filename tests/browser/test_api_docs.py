"""The API can be tried out in the browser, under the same Content-Security-Policy as all pages."""

import pytest

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser


def test_a_call_is_tried_out_and_nothing_is_blocked(open_as: OpenAs) -> None:
    page = open_as("member").new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/api/v1/docs/")
    page.locator("#operations-tag-builds").click()
    operation = page.locator("#operations-builds-builds_list")
    operation.locator(".opblock-summary").click()
    operation.locator(".try-out__btn").click()
    operation.locator(".execute").click()
    answer = operation.locator(".live-responses-table tbody .response-col_status")
    assert answer.inner_text().strip() == "200"
    assert complaints == []
