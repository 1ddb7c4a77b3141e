"""What of a web page is not its text: scripts, hidden elements, menus, forms, links in a row.

Furniture is told by tags, roles and the share of its text that lies in links, not by its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PreformattedString, Tag

from geungeo.lang.ends import ends_sentence

_NO_TEXT = (
    "script style noscript svg head iframe object embed applet audio video canvas input select "
    "textarea datalist meter progress map"
).split()
_FURNITURE = "nav menu dialog".split()
_ROLES = frozenset(
    "navigation search menu menubar toolbar dialog alertdialog tablist contentinfo banner".split()
)
_NOTES = frozenset("footnote endnote rearnote doc-footnote doc-endnote".split())
_STRUCK = "del s strike".split()
_BLOCKS = "div ul ol section p table td header footer aside dl li span center".split()
_FRAMES = frozenset("body div section main article header".split())
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
    r"|opacity\s*:\s*0(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255)\b", re.I
)
# What pages call the place of what their readers say.
_OF_READERS = re.compile(
    r"(?:comments?|repl(?:y|ies)|cmt)(?:[-_]?(?:s|area|block|box|content|list|section|thread|wrap))*",
    re.IGNORECASE,
)
_IN_PAGE = re.compile(r"^(?:#|javascript:)", re.IGNORECASE)
_FEW_WORDS = 5
_LONG_LABEL = 30
# A form of less than this share of the page, and shorter, is one for searching or signing in.
_FORM_SHARE, _FORM_LENGTH = 0.25, 200
_LINK_SHARE = 0.8
_LEAST_LINKS = 3
# Links of a menu are short; within the article itself only those of its buttons are left out.
_MENU_LINK, _BUTTON_LINK, _SKIP_LINK = 25.0, 8.0, 20


@dataclass
class _Weight:
    """Letters of an element, those of them in links, and how many links there are."""

    letters: int = 0
    linked: int = 0
    links: int = 0


def strip_furniture(soup: BeautifulSoup) -> list[str]:
    """Takes out of a page what is not its text; gives notes on text that was left out."""
    for element in soup.find_all("template"):
        # A declared shadow tree is shown in place of its host.
        if element.has_attr("shadowrootmode") or element.has_attr("shadowroot"):
            element.unwrap()
    for button in soup.find_all("button"):
        # What folds an answer away is its question.
        if button.find_parent(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"]):
            button.unwrap()
    _labels(soup)
    _drop(soup.find_all([*_NO_TEXT, "template", "button"]))
    for text in soup.find_all(string=lambda one: isinstance(one, Comment)):
        text.extract()
    notes = [*_without_hidden(soup), *_without_struck(soup), *_without_comments(soup)]
    _drop(soup.find_all(_FURNITURE))
    _drop(one for one in soup.find_all(True) if str(one.get("role") or "") in _ROLES)
    weights = _weights(soup)
    page = weights[id(soup)].letters
    _drop(
        form
        for form in soup.find_all("form")
        if weights[id(form)].letters < min(_FORM_SHARE * page, _FORM_LENGTH)
    )
    _drop(one for one in soup.find_all(["header", "footer", "aside"]) if _is_edge(one, weights))
    _without_links(soup)
    return notes


def is_note(element: Tag) -> bool:
    """Whether an element is a footnote by its role, as books mark theirs."""
    said = f"{element.get('epub:type') or ''} {element.get('role') or ''}"
    return not _NOTES.isdisjoint(said.split())


def _labels(soup: BeautifulSoup) -> None:
    """The names of fields go with the fields."""
    for label in soup.find_all("label"):
        is_field = label.has_attr("for") or label.find(["input", "select", "textarea"])
        if is_field and len(label.get_text(strip=True)) <= _LONG_LABEL:
            label.decompose()


def _drop(elements: Iterable[Tag]) -> None:
    for element in _outermost(elements):
        element.decompose()


def _outermost(elements: Iterable[Tag]) -> list[Tag]:
    """Those of elements that lie in none of the others. (Asking Beautiful Soup whether an element
    is gone already searches all that lies within it.)"""
    found = list(elements)
    ids = {id(element) for element in found}
    return [one for one in found if not any(id(parent) in ids for parent in one.parents)]


def _without_hidden(soup: BeautifulSoup) -> list[str]:
    words = 0
    most = len(soup.get_text().split()) / 2

    def is_hidden(element: Tag) -> bool:
        if _is_unseen(element):
            return True
        # A page behind an open window is hidden from screen readers alone.
        return element.get("aria-hidden") == "true" and len(element.get_text().split()) <= most

    for element in _outermost(filter(is_hidden, soup.find_all(True))):
        words += len(element.get_text(" ").split())
        element.decompose()
    return [f"hidden text left out ({words} words)"] if words > _FEW_WORDS else []


def _is_unseen(element: Tag) -> bool:
    if element.has_attr("hidden") and element.get("hidden") != "until-found":
        return True
    style = str(element.get("style") or "")
    if _HIDDEN_STYLE.search(style):
        return True
    is_white = _WHITE.search(style) or _WHITE.search(f"color:{element.get('color') or ''}")
    return bool(is_white) and not any(_has_background(one) for one in (element, *element.parents))


def _has_background(element: Tag) -> bool:
    return "background" in str(element.get("style") or "") or element.has_attr("bgcolor")


def _without_struck(soup: BeautifulSoup) -> list[str]:
    struck = [one for one in soup.find_all(_STRUCK) if one.get_text(strip=True)]
    _drop(struck)
    return ["struck text left out"] if struck else []


def _without_comments(soup: BeautifulSoup) -> list[str]:
    """What readers of the page say below it; none where it is most of the page, as in a forum."""
    found = _outermost(filter(_is_of_readers, soup.find_all(True)))
    words = sum(len(one.get_text(" ").split()) for one in found)
    if 2 * words > len(soup.get_text(" ").split()):
        return []
    _drop(found)
    return [f"comments of readers left out ({words} words)"] if words > _FEW_WORDS else []


def _is_of_readers(element: Tag) -> bool:
    names = [*str(element.get("id") or "").split(), *(element.get("class") or ())]
    return any(map(_OF_READERS.fullmatch, names))


def _weights(soup: BeautifulSoup) -> dict[int, _Weight]:
    """The weight of every element, each counted once: children come before their parents."""
    weights = {id(soup): _Weight()}
    for element in [soup, *soup.find_all(True)][::-1]:
        weight = weights.setdefault(id(element), _Weight())
        for child in element.children:
            if isinstance(child, Tag):
                own = weights[id(child)]
                weight.letters += own.letters
                weight.linked += own.linked
                weight.links += own.links
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                weight.letters += len("".join(child.split()))
        if element.name == "a" and weight.letters:
            weight.linked, weight.links = weight.letters, 1
    return weights


def _is_edge(element: Tag, weights: dict[int, _Weight]) -> bool:
    """Whether a header, a footer or an aside is the site's, not the article's."""
    weight = weights[id(element)]
    if is_note(element):
        return False
    if 2 * weight.letters > weights[id(element.find_parent("body") or element)].letters > 0:
        return False
    if element.name == "header" and element.find(["h1", "h2"]):
        return False
    if not element.find_parent(["article", "main"]):
        return True
    return 2 * weight.linked > weight.letters


def _without_links(soup: BeautifulSoup) -> None:
    """Without lists of links and skip links, unless nothing else is there."""
    weights = _weights(soup)
    found = [
        element
        for element in soup.find_all(_BLOCKS)
        if _is_menu(element, weights[id(element)]) or _is_skip_link(element, weights[id(element)])
    ]
    found += [link for link in soup.find_all("a", href=_IN_PAGE) if _is_loose(link)]
    outer = _outermost(found)
    left = weights[id(soup)].letters - sum(weights[id(one)].letters for one in outer)
    if left:
        _drop(outer)


def _is_menu(element: Tag, weight: _Weight) -> bool:
    if weight.links < _LEAST_LINKS or weight.linked < _LINK_SHARE * weight.letters:
        return False
    within = element.find_parent(["article", "main"]) is not None
    longest = _BUTTON_LINK if within else _MENU_LINK
    if weight.linked > longest * weight.links:
        return False
    return not any(ends_sentence(a.get_text()) for a in element.find_all("a"))


def _is_loose(link: Tag) -> bool:
    """Whether a short link stands beside blocks, not within a text."""
    parent = link.parent
    if parent is None or parent.name not in _FRAMES or len(link.get_text(strip=True)) > _SKIP_LINK:
        return False
    return not any(isinstance(one, NavigableString) and one.strip() for one in parent.children)


def _is_skip_link(element: Tag, weight: _Weight) -> bool:
    """Whether an element is nothing but a short link to a place of the same page."""
    if not weight.links or weight.linked < weight.letters or weight.letters > _SKIP_LINK:
        return False
    if element.find_parent("li") or element.name == "td":
        return False
    text = "".join(element.get_text().split())
    links = element.find_all("a", href=_IN_PAGE)
    return Counter(text) == Counter("".join("".join(a.get_text().split()) for a in links))
