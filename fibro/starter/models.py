"""What the starter command loaded, so that it never overwrites what an editor changed."""

from django.db import models


class StarterRecord(models.Model):
    name = models.CharField(max_length=160, unique=True, help_text="“article/slug”")
    text_hash = models.CharField(max_length=64, help_text="Of the starter text that was loaded.")
    object_id = models.CharField(max_length=40)
    object_hash = models.CharField(max_length=64, help_text="Of the object just after loading.")
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
