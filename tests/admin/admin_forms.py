"""Filling in an admin form the way a browser does: from the HTML it was shown as."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """The names and values that a browser would send for the page's main form."""

    def __init__(self):
        super().__init__()
        self.data = {}
        self.in_form = False
        self.textarea = self.select = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and attrs.get("id", "").endswith("_form"):
            self.in_form = True
        if not self.in_form or "disabled" in attrs:
            return
        name = attrs.get("name")
        if tag == "input" and name:
            self._input(name, attrs)
        elif tag == "textarea":
            self.textarea = name
            self.data[name] = ""
        elif tag == "select":
            self.select = name
            self.data.setdefault(name, [] if "multiple" in attrs else "")
        elif tag == "option" and self.select and "selected" in attrs:
            self._option(attrs["value"])

    def handle_endtag(self, tag):
        if tag == "form":
            self.in_form = False
        elif tag == "textarea":
            self.textarea = None
        elif tag == "select":
            self.select = None

    def handle_data(self, text):
        if self.textarea:
            self.data[self.textarea] += text

    def _input(self, name, attrs):
        kind = attrs.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in attrs:
                self.data[name] = attrs.get("value", "on")
        elif kind not in ("submit", "button", "file"):
            self.data[name] = attrs.get("value", "")

    def _option(self, value):
        if isinstance(self.data[self.select], list):
            self.data[self.select].append(value)
        else:
            self.data[self.select] = value


def filled(response):
    """POST data of the form in a response, without the template rows for new inlines."""
    fields = _Fields()
    fields.feed(response.content.decode())
    # A browser leaves out the line break that HTML allows right after <textarea>.
    return {
        name: value.removeprefix("\r\n").removeprefix("\n") if isinstance(value, str) else value
        for name, value in fields.data.items()
        if "__prefix__" not in name and name != "csrfmiddlewaretoken"
    }
