"""What does a text say once it is no markup any more? Plain words and lines; scripts and styles are gone."""

import re
import unicodedata
from html.parser import HTMLParser

LINES = frozenset({
    "p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
})  # fmt: skip
"""What begins a new line."""

SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "title", "head"})
"""What isn't meant to be read."""

MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
AS_WRITTEN = frozenset({"url", "website", "uri", "email", "schedule_link", "logo"})
"""Addresses: an ampersand in one is its own."""

TIMES = 3
"""How often markup is written as text, and that as text again, before we give up on it."""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in SILENT
        if tag in LINES:
            self.found.append("\n• " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0
        if tag in LINES and tag not in ("li", "br"):
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def plain(text: str) -> str:
    """The words of a text, whatever markup it came in."""
    for _ in range(TIMES):
        if not MARKUP.search(text):
            break
        text = _words_of(text)
    return _tidied(text)


def cleaned(body: object, name: str = "") -> object:
    """A body with every text in it made plain; what is no text stays as it is."""
    if isinstance(body, str):
        return _tidied(body) if name in AS_WRITTEN else plain(body)
    if isinstance(body, dict):
        return {str(key): cleaned(value, str(key)) for key, value in body.items()}
    return [cleaned(one, name) for one in body] if isinstance(body, list) else body


def _words_of(markup: str) -> str:
    reader = _Words()
    reader.feed(markup)
    reader.close()
    return "".join(reader.found)


def _tidied(text: str) -> str:
    """Without what no eye sees, and with at most one empty line at a time."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    kept = "".join(one for one in text.replace("\r\n", "\n").replace("\xa0", " ") if one == "\n" or _seen(one))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _seen(letter: str) -> bool:
    """Not a control character, nor one that turns the direction of writing round, nor half of one."""
    return letter == "\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
