"""What is known of Korean, Chinese and English. Of ours it imports the base of its errors alone."""

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.detect import Language, language_of
from geungeo.lang.glossary import GlossaryError, read_groups
from geungeo.lang.names import name_groups

__all__ = [
    "Analyzer",
    "GlossaryError",
    "Language",
    "language_of",
    "name_groups",
    "read_groups",
]
