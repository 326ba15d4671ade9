"""What Discourse adds to Markdown, in Markdown that every site understands."""

import re

_QUOTE = re.compile(r'\[quote(?:="?([^"\],]*)[^\]]*)?\]\n?(.*?)\n?\[/quote\]', re.DOTALL)
_UPLOAD = re.compile(r"!?\[([^\]|]*)(?:\|[^\]]*)?\]\(upload://([\w.-]+)\)")
_MENTION = re.compile(r"(?<![\w@/.])@(\w(?:[\w.-]*\w)?)")
_FENCE = re.compile(r"(^```.*?^```[^\n]*$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_TAGS = re.compile(
    r"</?(?:div|span|details|summary|small|big|center|font|u|br)\b[^>]*>", re.IGNORECASE
)
_LONGEST = 20_000
_DEEPEST = 5  # quotes within quotes


def to_markdown(raw: str, *, site: str, renamed: dict[str, str]) -> str:
    """A post as Discourse keeps it (`raw`): quotations, uploads, mentions; code stays as it is.

    `site` is the old address ("" leaves names of files); `renamed` the login names that changed.
    """
    parts = _FENCE.split(raw)
    for number in range(0, len(parts), 2):
        parts[number] = _MENTION.sub(
            lambda match: f"@{renamed.get(match[1].lower(), match[1])}",
            _UPLOAD.sub(lambda match: _upload(match[1], match[2], site), _tagless(parts[number])),
        )
    return _quoted("".join(parts), 0).strip()


def _tagless(text: str) -> str:
    return _TAGS.sub(lambda tag: "\n" if tag[0].lower().startswith("<br") else "", text)


def _upload(words: str, name: str, site: str) -> str:
    address = f"{site.rstrip('/')}/uploads/short-url/{name}"
    return f"[📎 {words or name}]({address})" if site else f"📎 {words or name}"


def _quoted(text: str, depth: int) -> str:
    if depth >= _DEEPEST or "[quote" not in text[:_LONGEST]:
        return text
    return _quoted(_QUOTE.sub(_quote, text), depth + 1)


def _quote(match: re.Match[str]) -> str:
    who = f"> **{match[1].strip()}**\n>\n" if match[1] and match[1].strip() else ""
    lines = (f"> {line}".rstrip() for line in match[2].strip().splitlines())
    return "\n\n" + who + "\n".join(lines) + "\n\n"
