"""The rich-text column."""

from django_prose_editor.fields import ProseEditorField

from fibro.sources.citations import validate_citations

from .sanitising import clean_html

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
}


class RichTextField(ProseEditorField):
    """HTML from the editor: sanitised in full_clean and on every way into the database, and its
    citations are checked in full_clean."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        super().__init__(*args, extensions=EXTENSIONS, sanitize=clean_html, **kwargs)

    def clean(self, value, instance):
        value = super().clean(value, instance)
        validate_citations(value)
        return value

    def pre_save(self, instance, add):
        value = clean_html(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        """Reached by save(), bulk_create(), bulk_update() and update() alike."""
        if isinstance(value, str):
            value = clean_html(value)
        return super().get_db_prep_save(value, connection)
