"""Markdown of the content files -> the HTML that the editor would have stored."""

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def to_html(text):
    return _MARKDOWN.render(text).strip()


def with_html(columns, markdown):
    """The columns, those that are written in Markdown as HTML."""
    return columns | {name: to_html(columns[name]) for name in markdown}
