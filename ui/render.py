"""Answers, sources and documents as HTML. All text of documents and readers is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import zip_longest

from ingest import LedgerEntry
from rag.answer import Answer, Citation, Verdict
from vectorstore import DocumentSummary
from vectorstore.language import Language

_MARK = re.compile(r"\[(\d+)\]")
# Characters shown before and after a passage when its context is opened.
_CONTEXT = 400

_SEARCHED: dict[Language, str] = {
    "ko": "문서 {}건을 찾아보았습니다.",
    "zh": "已查找 {} 份文件。",
    "en": "{} documents were searched.",
}

_LACKING: dict[Language, str] = {
    "ko": "가까운 대목에 없는 말: {}",
    "zh": "相近段落中没有的词：{}",
    "en": "Not in the passages nearest to it: {}",
}
_VERDICTS: dict[Verdict, str] = {
    "quoted": "원문 그대로",
    "checked": "근거와 대조하여 확인됨 (숫자·날짜·이름·부정·내용)",
}

Text = Callable[[str], str | None]
"""From a document's path to its text as loaded."""


def conversation(turns: Sequence[Answer], waiting: str = "") -> str:
    """The dialogue so far; ``waiting`` is a question whose answer has not begun."""
    parts = [_turn(turn, is_last=not waiting and turn is turns[-1]) for turn in turns]
    if waiting:
        parts.append(_question(waiting) + '<div class="a waiting" role="status">찾는 중…</div>')
    if not parts:
        parts.append(
            '<p class="empty">문서에 대해 물어보세요. 답의 모든 문장에는 원문 인용이 붙고, '
            "문서에 없는 내용은 없다고 답합니다.<br>用中文或英文提问也可以 · "
            "You can ask in Chinese or English too.</p>"
        )
    return f'<div class="talk" aria-live="polite">{"".join(parts)}</div>'


def sources(answer: Answer | None, text_of: Text, left_out: Sequence[LedgerEntry] = ()) -> str:
    """The citations of an answer, each quote marked in its passage; beside a refusal, the
    files that could not be searched."""
    if answer is None:
        return '<p class="empty">답의 근거가 여기에 나타납니다.</p>'
    heading = "근거" if answer.answer else "찾은 대목 (답을 쓰는 중)"
    if answer.refused:
        heading = "가장 가까운 대목 (답은 아님)"
    cards = "".join(_source(citation, text_of) for citation in answer.citations)
    if not cards:
        cards = '<p class="empty">색인에 문서가 없습니다. 문서 탭에서 올려 주세요.</p>'
    unread = ""
    if answer.refused and left_out:
        names = ", ".join(escape(entry.path.rsplit("/", 1)[-1]) for entry in left_out)
        unread = f'<p class="unread">찾지 못한 파일 (색인되지 않음): {names}</p>'
    return f'<section class="sources"><h2>{heading}</h2>{cards}{unread}</section>'


def documents(summaries: Sequence[DocumentSummary], ledger: Mapping[str, LedgerEntry]) -> str:
    """What is indexed, and what was left out and why."""
    rows = "".join(_document(summary, ledger.get(summary.path)) for summary in summaries)
    left_out = [entry for entry in ledger.values() if not entry.is_indexed]
    skipped = "".join(
        f'<li class="left-out"><strong>{escape(entry.path.rsplit("/", 1)[-1])}</strong>'
        f"<span>{escape(entry.status)}: {escape(entry.reason)}</span></li>"
        for entry in left_out
    )
    if not rows and not skipped:
        return (
            '<p class="empty">아직 문서가 없습니다. '
            "아래에 파일을 올리면 바로 물어볼 수 있습니다.</p>"
        )
    return f'<ul class="documents">{rows}{skipped}</ul>'


def _turn(answer: Answer, *, is_last: bool) -> str:
    verdicts = [sentence.verdict for sentence in answer.sentences]
    lines = "".join(
        f"<p>{_with_chips(line, answer.citations, linked=is_last)}{_verdict(verdict)}</p>"
        for line, verdict in zip_longest(answer.answer.split("\n"), verdicts)
    )
    if answer.names:
        names = " · ".join(" = ".join(forms) for forms in answer.names)
        lines += f'<p class="aside names">{escape(names)}</p>'
    if answer.lacking:
        lacking = _LACKING[answer.language].format(", ".join(answer.lacking))
        lines += f'<p class="aside">{escape(lacking)}</p>'
    if answer.refused and answer.searched_documents:
        searched = _SEARCHED[answer.language].format(answer.searched_documents)
        lines += f'<p class="aside">{escape(searched)}</p>'
    kind = "a refused" if answer.refused else "a"
    note = f"{answer.answerer} · {answer.seconds.total:.2f}초"
    return (
        f"{_question(answer.question, answer.standalone)}"
        f'<div class="{kind}" lang="{answer.language}">'
        f"{lines}<footer>{escape(note)}</footer></div>"
    )


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    said = _VERDICTS[verdict]
    return f'<span class="verdict" title="{said}" aria-label="{said}">✓</span>'


def _question(text: str, standalone: str = "") -> str:
    added = "" if standalone in text else standalone.removeprefix(text).strip()
    context = f'<p class="aside">↪ {escape(added)}</p>' if added else ""
    return f'<div class="q"><p>{escape(text)}</p>{context}</div>'


def _with_chips(line: str, citations: Sequence[Citation], *, linked: bool) -> str:
    quotes = {citation.n: citation.quote for citation in citations}
    parts = []
    end = 0
    for match in _MARK.finditer(line):
        number = int(match[1])
        if number not in quotes:
            continue
        parts.append(escape(line[end : match.start()]))
        title = escape(" ".join(quotes[number].split()), quote=True)
        target = f' href="#source-{number}"' if linked else ""
        parts.append(
            f'<a class="chip"{target} title="{title}" aria-label="근거 {number}">{number}</a>'
        )
        end = match.end()
    parts.append(escape(line[end:]))
    return "".join(parts)


def _source(citation: Citation, text_of: Text) -> str:
    passage = citation.passage
    page = f"{passage.page}쪽" if passage.page > 1 else ""
    read = "문자 인식(OCR)으로 읽음" if passage.recognised else ""
    known = (passage.date, passage.organisation, passage.author, passage.code)
    details = [passage.document, page, read, *dict.fromkeys(known)]
    where = " · ".join(escape(part) for part in details if part)
    section = f'<p class="section">{escape(passage.section)}</p>' if passage.section else ""
    if citation.also:
        section += f'<p class="section">같은 대목: {escape(", ".join(citation.also))}</p>'
    start, end = citation.start - passage.start, citation.end - passage.start
    marked = (
        f"{escape(passage.text[:start])}<mark>{escape(passage.text[start:end])}</mark>"
        f"{escape(passage.text[end:])}"
    )
    text = text_of(passage.path) or ""
    before = text[max(0, passage.start - _CONTEXT) : passage.start].lstrip()
    after = text[passage.end : passage.end + _CONTEXT].rstrip()
    context = ""
    if before or after:
        context = (
            "<details><summary>앞뒤 문맥 보기</summary>"
            f'<div class="text">{escape(before)}<b>{marked}</b>{escape(after)}</div></details>'
        )
    return (
        f'<article id="source-{citation.n}" class="source" tabindex="-1">'
        f'<h3><span class="number">{citation.n}</span> {escape(passage.title)}</h3>'
        f'<p class="where">{where}</p>{section}<div class="text">{marked}</div>{context}</article>'
    )


def _document(summary: DocumentSummary, entry: LedgerEntry | None) -> str:
    known = (summary.date, summary.type, summary.organisation, summary.author, summary.code)
    details = [*dict.fromkeys(known), summary.name]
    details += [f"{summary.pages}쪽"] if summary.pages > 1 else []
    details += [f"{summary.passages}개 대목"]
    if entry:
        details += [f"문자 인식 {entry.recognised}쪽"] if entry.recognised else []
        details += [f"글자 없는 쪽 {entry.empty}"] if entry.empty else []
        details += [f"거의 같은 문서: {entry.twin.rsplit('/', 1)[-1]}"] if entry.twin else []
        details += [entry.reason]
    line = " · ".join(escape(part) for part in details if part)
    return f"<li><strong>{escape(summary.title)}</strong><span>{line}</span></li>"
