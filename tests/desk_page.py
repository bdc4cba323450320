"""A page of the desk, taken apart for the tests."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """A page as a browser takes it apart: its elements with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """The elements of a tag whose attributes are as wanted."""
        return [
            attributes
            for found, attributes in self.elements
            if found == tag and all(value in (attributes.get(name) or "").split() for name, value in wanted.items())
        ]
