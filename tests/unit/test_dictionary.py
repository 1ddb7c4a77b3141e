"""The dictionary of Korean, English and Chinese."""

import random
from importlib.resources import files

import pytest

from geungeo.lang import Analyzer
from geungeo.lang.dictionary import Dictionary, terms_of_lines
from geungeo.lang.forms import analysed
from geungeo.lang.glossary import Glossary

DATA = files("geungeo.lang") / "data"


def lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("How high is the deposit?", ("보증금",)),
        ("押金是多少？", ("보증금",)),
        ("unemployment benefit", ("실업", "급여")),
        ("보증금", ("deposit",)),
    ],
)
def test_words_are_found_in_other_languages(
    word: str, other: tuple[str, ...], analyzer: Analyzer
) -> None:
    rows = ["보증금\tdeposit; security\t保证金; 押金", "실업급여\tunemployment benefit\t失业金"]
    dictionary = Dictionary(terms_of_lines(rows, analyzer))
    meant = Glossary(()).find(analyzer.terms(word), dictionary)
    found = [one for own in meant for one in own.others]
    assert other in found or ("".join(other),) in found


def test_a_word_has_all_of_its_senses_and_names_nothing() -> None:
    (found,) = Glossary(()).find(["burden"], Dictionary(["부담\tburden", "burden\t짐"]))
    assert found.others == (("부담",), ("짐",))
    assert not found.is_thing


def test_a_glossary_goes_before_a_dictionary(analyzer: Analyzer) -> None:
    things = analysed([("시장", "mayor")], analyzer)
    (found,) = Glossary(things).find(["mayor"], Dictionary(["mayor\t읍장"]))
    assert found.is_thing
    assert found.others == (("시장",),)


def test_the_shipped_terms_are_those_of_the_shipped_words(analyzer: Analyzer) -> None:
    """If not: python scripts/dictionary_terms.py."""
    written, made = lines("dictionary.tsv"), lines("dictionary.terms")
    assert len(written) == len(made)
    chosen = random.Random(0).sample(range(len(written)), 400)
    assert list(terms_of_lines([written[i] for i in chosen], analyzer)) == [made[i] for i in chosen]


def test_every_line_has_three_languages() -> None:
    for line in lines("dictionary.tsv"):
        korean, english, chinese = line.split("\t")
        assert korean and english and chinese
        assert "\t".join((korean, english, chinese)) == line
