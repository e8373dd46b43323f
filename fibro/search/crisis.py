"""Does somebody who searches need help now? Asked before anything else is searched."""

import re

from .models import CrisisTerm


def plain_words(text):
    """Lower-case words with straight apostrophes and single spaces around each; no other signs."""
    straight = text.lower().replace("’", "'")
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", straight)
    return f" {' '.join(words)} "


def speaks_of_crisis(query):
    """Whether the query holds a crisis term as whole words."""
    if not query:
        return False
    asked = plain_words(query)
    phrases = CrisisTerm.objects.values_list("phrase", flat=True)
    return any(plain_words(phrase) in asked for phrase in phrases)
