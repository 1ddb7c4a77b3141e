"""The languages, by their codes; a further one is a further row."""

from __future__ import annotations

from collections.abc import Mapping

from geungeo.lang.detect import Language
from geungeo.lang.en.profile import ENGLISH
from geungeo.lang.ko.profile import KOREAN
from geungeo.lang.profile import Profile
from geungeo.lang.zh.profile import CHINESE

LANGUAGES: Mapping[Language, Profile] = {one.code: one for one in (KOREAN, CHINESE, ENGLISH)}
OF_EACH_LANGUAGE = "서울 北京 Seoul"
"""A question that needs what each language loads."""
FRAME_WORDS = frozenset[str]().union(*(one.frame_words for one in LANGUAGES.values()))
"""Words that ask, or that only say what kind of answer is wanted, in any language."""
