"""The first page in words: the text of the mail, and what stands for each picture."""

from django.utils.translation import pgettext

from feedback.reports.printing.page import Page, Part


def sections(page: Page) -> list[str]:
    """One for each picture: figures and mood; the map; what is said and hoped for."""
    lists = [page["let_down"], page["loved"], page["wishes"]]
    if page["award"]:
        lists.append(page["award"])
    return [_figures(page), _map(page), "\n\n".join(map(_list, lists))]


def _figures(page: Page) -> str:
    head = f"{page['kicker']}\n{page['title']}\n{page['dates']}"
    figures = [_line(each["name"], each["value"], each["note"]) for each in page["figures"]]
    mood = page["mood"]
    latest = zip(mood["names"], mood["bars"][0]["words"], strict=True)
    moods = ", ".join(f"{name} {share}" for name, share in latest)
    return "\n".join(
        filter(None, [head, page["caution"], "", *figures, _line(mood["head"], moods)])
    )


def _map(page: Page) -> str:
    told = page["map"]
    corners = [_line(name, "; ".join(titles)) for name, titles in told["corners"] if titles]
    return "\n".join([told["head"], *(corners or [told["empty"]])])


def _list(part: Part) -> str:
    items = [f"* {_line(item['title'], item['figure'], item['note'])}" for item in part["items"]]
    return "\n".join([part["head"], *(items or [part["empty"]])])


def _line(name: str, value: str, note: str = "") -> str:
    colon = pgettext("between a name and its figure", ": ")
    return f"{name}{colon}{value}" + (f" ({note})" if note else "")
