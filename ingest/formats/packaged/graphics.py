"""Charts and diagrams of Office files, read from the values that are kept beside the picture."""

from __future__ import annotations

from collections.abc import Iterator

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.office.number_format import displayed
from geungeo.ingest.formats.packaged.numbering import BULLET
from geungeo.ingest.formats.packaged.package import (
    Element,
    Package,
    attribute,
    child,
    children,
    descendants,
    local,
    relation_id,
    whole,
)
from geungeo.ingest.tables import Cell, table_blocks

_MOST_POINTS = 2000


def graphic_blocks(
    element: Element, package: Package, part: str, page: int, notes: list[str]
) -> list[Block]:
    """The text of a chart or a diagram from the element that refers to it in ``part``; what
    cannot be read is added to the notes."""
    relations = package.relations(part)
    is_chart = local(element) == "chart"
    relation = relations.get(relation_id(element, "id" if is_chart else "dm"))
    root = package.xml(relation.target) if relation else None
    found: list[Block] = []
    if root is not None:
        found = chart_blocks(root, page) if is_chart else diagram_blocks(root, page)
    if not found:
        notes.append(f"{'a chart' if is_chart else 'a diagram'} left out: it holds no text")
    return found


def chart_blocks(root: Element, page: int = 1) -> list[Block]:
    """A chart's title as a caption and its values as rows, a column for every series."""
    chart = child(root, "chart")
    title = " ".join(_title(child(chart, "title")).split())
    blocks = [Block("caption", title, page)] if title else []
    groups: dict[tuple[str, ...], list[tuple[str, list[str]]]] = {}
    for series in descendants(chart, "ser"):
        name = " ".join(_points(child(series, "tx"))) or title
        values = _points(child(series, "val")) or _points(child(series, "yVal"))
        labels = _points(child(series, "cat")) or _points(child(series, "xVal"))
        labels = labels or [str(n + 1) for n in range(len(values))]
        if values:
            groups.setdefault(tuple(labels), []).append((name, values))
    for labels_, columns in groups.items():
        blocks.extend(table_blocks(_cells(labels_, columns), page))
    return blocks


def _cells(labels: tuple[str, ...], columns: list[tuple[str, list[str]]]) -> Iterator[Cell]:
    yield Cell("", 0, 0, header=True)
    for column, (name, values) in enumerate(columns, 1):
        yield Cell(name, 0, column, header=True)
        for row, value in enumerate(values[: len(labels)], 1):
            yield Cell(value, row, column)
    for row, label in enumerate(labels, 1):
        yield Cell(label, row, 0)


def _title(element: Element | None) -> str:
    rich = child(element, "tx", "rich")
    if rich is not None:
        return " ".join("".join(_runs(p)) for p in children(rich, "p"))
    return " ".join(_points(child(element, "tx")))


def _points(element: Element | None) -> list[str]:
    """The points of a cache in their places; the levels of a label are joined."""
    if element is None:
        return []
    levels = list(descendants(element, "lvl"))
    if levels:
        joined = [_cache(level, filled=number > 0) for number, level in enumerate(levels)]
        longest = max(map(len, joined), default=0)
        padded = [texts + [texts[-1] if texts else ""] * (longest - len(texts)) for texts in joined]
        return [" ".join(filter(None, texts)) for texts in zip(*reversed(padded), strict=True)]
    cache = next(descendants(element, "strCache", "numCache", "strLit", "numLit"), None)
    if cache is not None:
        return _cache(cache)
    value = child(element, "v")
    return [value.text] if value is not None and value.text else []


def _cache(cache: Element, filled: bool = False) -> list[str]:
    """``filled`` repeats a label until the next, as the upper levels of a label stand."""
    code = child(cache, "formatCode")
    code_text = (code.text or "") if code is not None else ""
    points = list(children(cache, "pt"))[:_MOST_POINTS]
    texts: list[str] = []
    for point in points:
        place = whole(attribute(point, "idx"))
        value = child(point, "v")
        text = (value.text or "") if value is not None else ""
        texts.extend(
            [texts[-1] if filled and texts else ""] * min(place - len(texts), _MOST_POINTS)
        )
        texts.append(_value(text, code_text) if local(cache).startswith("num") else text)
    return texts


def _value(text: str, code: str) -> str:
    try:
        return displayed(float(text), code)
    except (ValueError, OverflowError):
        return text


def diagram_blocks(root: Element, page: int = 1) -> list[Block]:
    """The texts of a SmartArt in the order of its outline."""
    points = {
        attribute(p, "modelId"): p for p in descendants(root, "pt") if attribute(p, "modelId")
    }
    below: dict[str, list[tuple[int, str]]] = {}
    for link in descendants(root, "cxn"):
        if attribute(link, "type", "parOf") == "parOf":
            place = whole(attribute(link, "srcOrd"))
            below.setdefault(attribute(link, "srcId"), []).append(
                (place, attribute(link, "destId"))
            )
    tops = [key for key, point in points.items() if attribute(point, "type") == "doc"]
    order: list[str] = []
    waiting = tops[::-1]
    while waiting:
        key = waiting.pop()
        if key in order:
            continue
        order.append(key)
        waiting.extend(target for _, target in sorted(below.get(key, ()), reverse=True))
    order.extend(key for key in points if key not in order)
    texts = (
        " ".join(" ".join("".join(_runs(p)) for p in descendants(points[key], "p")).split())
        for key in order
        if key in points and attribute(points[key], "type", "node") in ("node", "asst")
    )
    return [Block("item", f"{BULLET} {text}", page) for text in texts if text]


def _runs(paragraph: Element) -> Iterator[str]:
    for element in descendants(paragraph, "t", "br"):
        yield " " if local(element) == "br" else element.text or ""
