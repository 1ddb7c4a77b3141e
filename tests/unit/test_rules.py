"""Every rule with a text that it fits and one that it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geungeo.lang.rules import Rule, alternatives, pattern, rules

_DATA = Path(__file__).parents[1] / "data" / "rules"
_TABLES = tuple(sorted(path.stem for path in _DATA.glob("*.tsv")))


def _examples() -> dict[tuple[str, str, str], tuple[str, str]]:
    """By table, meaning and pattern the text that fits and the one that does not."""
    found = {}
    for table in _TABLES:
        for line in (_DATA / f"{table}.tsv").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                meaning, source, fits, fits_not = line.split("\t")
                found[table, meaning, source] = fits, fits_not
    return found


_EXAMPLES = _examples()


def test_every_rule_has_its_examples_and_every_example_its_rule() -> None:
    files = Path(__file__).parents[2] / "lang" / "data" / "rules"
    shipped = {
        (path.stem, rule.meaning, rule.pattern)
        for path in files.glob("*.tsv")
        for rule in rules(path.stem)
    }
    assert shipped == set(_EXAMPLES)


@pytest.mark.parametrize("key", _EXAMPLES, ids=lambda key: f"{key[0]}-{key[1]}-{key[2][:40]}")
def test_a_rule_fits_what_it_means_alone(key: tuple[str, str, str]) -> None:
    fits, fits_not = _EXAMPLES[key]
    rule = re.compile(key[2], re.IGNORECASE)
    assert rule.search(fits), "does not fit its own example"
    assert not rule.search(fits_not), "fits what it should not"


def test_a_meaning_is_its_alternatives_in_their_order() -> None:
    own = [rule.pattern for rule in rules("periods") if rule.meaning == "day"]
    assert alternatives("periods", "day") == "|".join(own)
    assert pattern("periods", "day").search("매일 한 번")
    assert isinstance(rules("periods")[0], Rule)


def test_a_meaning_that_no_table_has() -> None:
    with pytest.raises(KeyError, match="no rule that means"):
        alternatives("periods", "decade")
