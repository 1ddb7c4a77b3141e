"""What the page says, in each language that a reader can choose."""

from __future__ import annotations

from geungeo.lang.detect import Language
from geungeo.ui.strings.always import ASK_HERE, HEAD, LOG_OUT, PAGE_TITLE, QUESTION
from geungeo.ui.strings.en import EN
from geungeo.ui.strings.ko import KO
from geungeo.ui.strings.texts import Strings
from geungeo.ui.strings.zh import ZH

__all__ = ["ASK_HERE", "HEAD", "LOG_OUT", "PAGE_TITLE", "QUESTION", "STRINGS", "Strings"]

STRINGS: dict[Language, Strings] = {"ko": KO, "zh": ZH, "en": EN}
