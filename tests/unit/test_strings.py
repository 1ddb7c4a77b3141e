"""What the page says, in every language."""

from dataclasses import asdict
from typing import get_args

import pytest

from geungeo.lang.detect import Language
from geungeo.ui.strings import STRINGS


@pytest.mark.parametrize("language", STRINGS)
def test_no_language_lacks_a_text_or_a_value(language: str) -> None:
    assert set(STRINGS) == set(get_args(Language))
    first = asdict(STRINGS["ko"])
    own = asdict(STRINGS[language])  # type: ignore[index]
    assert own["kinds"].keys() == first["kinds"].keys()
    texts = {**own, **own.pop("kinds")}
    first |= first.pop("kinds")
    del texts["kinds"]
    for name, text in texts.items():
        assert text.strip(), name
        assert text.count("{") == first[name].count("{"), name
