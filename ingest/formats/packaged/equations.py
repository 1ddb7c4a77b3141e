"""Equations as a line of text, from the XML of Office and from MathML."""

from __future__ import annotations

from geungeo.ingest.formats.packaged.package import Element, attribute, child, children, local

_ROOTS = {"2": "√", "3": "∛", "4": "∜"}


def linear(element: Element) -> str:
    """``(a+b)/2``, ``x^2``, ``∑_(i=1)^n``: structures are written with the signs for them."""
    return " ".join(_text(element).split())


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    name = local(element)
    if name in ("t", "mi", "mn", "mo", "mtext"):
        return element.text or ""
    if name in ("annotation", "annotation-xml", "ctrlPr", "rPr") or name.endswith("Pr"):
        return ""
    parts = {local(part): part for part in element}
    if name in _OFFICE:
        return _office(name, element, parts)
    if name in _MATHML:
        return _mathml(name, list(element))
    return "".join(map(_text, element))


_OFFICE = frozenset("f sSup sSub sSubSup sPre rad nary d func limLow limUpp m".split())
_MATHML = frozenset("mfrac msup msub msubsup munderover munder mover msqrt mroot".split())


def _office(name: str, element: Element, parts: dict[str, Element]) -> str:
    base, low, high = (_text(parts.get(part)) for part in ("e", "sub", "sup"))
    if name == "f":
        return f"{_grouped(_text(parts.get('num')))}/{_grouped(_text(parts.get('den')))}"
    if name in ("sSup", "sSub", "sSubSup"):
        return base + _scripts(low, high)
    if name == "sPre":
        return _scripts(low, high) + base
    if name == "rad":
        return _root(base, _text(parts.get("deg")))
    if name == "nary":
        sign = attribute(child(element, "naryPr", "chr"), "val", "∫")
        return f"{sign}{_scripts(low, high)} {base}"
    if name == "d":
        about = child(element, "dPr")
        opening = attribute(child(about, "begChr"), "val", "(")
        closing = attribute(child(about, "endChr"), "val", ")")
        return opening + ", ".join(map(_text, children(element, "e"))) + closing
    if name == "func":
        return f"{_text(parts.get('fName'))} {base}"
    if name == "m":
        rows = (", ".join(map(_text, children(row, "e"))) for row in children(element, "mr"))
        return f"[{'; '.join(rows)}]"
    limit = _text(parts.get("lim"))
    return base + (_scripts(limit, "") if name == "limLow" else _scripts("", limit))


def _mathml(name: str, parts: list[Element]) -> str:
    texts = [_text(part) for part in parts]
    if name == "msqrt":
        return _root("".join(texts), "")
    texts += [""] * (3 - len(texts))
    first, second, third = texts[:3]
    if name == "mfrac":
        return f"{_grouped(first)}/{_grouped(second)}"
    if name == "mroot":
        return _root(first, second)
    if name in ("msup", "mover"):
        return first + _scripts("", second)
    return first + _scripts(second, third)


def _root(text: str, degree: str) -> str:
    sign = _ROOTS.get(degree or "2")
    return f"{sign}({text})" if sign else f"({text})^(1/{degree})"


def _scripts(low: str, high: str) -> str:
    return (f"_{_grouped(low)}" if low else "") + (f"^{_grouped(high)}" if high else "")


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"
