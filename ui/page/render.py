"""Answers, sources and documents as HTML. All text of documents and readers is escaped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from itertools import zip_longest

from geungeo.ingest import LedgerEntry
from geungeo.rag.answer.answer import Answer, Citation
from geungeo.rag.answer.tables import without_bars
from geungeo.ui.page.flow import cited, pictures, to_pictures
from geungeo.ui.strings import STRINGS, Strings
from geungeo.vectorstore import DocumentSummary, Filter, Passage

_MARK = re.compile(r"\[(\d+)\]")
# Turns of a conversation that are shown at first: each answer brings all of them to the page anew.
_NEWEST = 30
# Organisations that a collection's summary names.
_MOST_NAMED = 5


def conversation(turns: Sequence[Answer], say: Strings, waiting: str = "", status: str = "") -> str:
    """The newest of the dialogue so far, empty before the first question; ``waiting`` is a question
    whose answer has not begun, and ``status`` what it waits for."""
    first = max(0, len(turns) - _NEWEST)
    parts = [_earlier(first, say)] if first else []
    parts += _turns(turns, say, first)
    if waiting:
        said = escape(status or say.searching)
        parts.append(f'{_question(waiting, say)}<div class="a waiting" role="status">{said}</div>')
    return _dialogue(parts, say)


def whole_conversation(turns: Sequence[Answer], say: Strings) -> str:
    """The dialogue from its first question on."""
    return _dialogue(_turns(turns, say), say, " data-whole")


def _dialogue(parts: Iterable[str], say: Strings, more: str = "") -> str:
    label = escape(say.conversation, quote=True)
    return (
        f'<div class="talk" role="log" aria-live="polite" aria-label="{label}" tabindex="0"{more}>'
        f"{''.join(parts)}</div>"
    )


def _turns(turns: Sequence[Answer], say: Strings, first: int = 0) -> Iterator[str]:
    for number, turn in enumerate(turns[first:], first):
        yield _turn(turn, say, number, number == len(turns) - 1)


def _earlier(count: int, say: Strings) -> str:
    label = escape(say.earlier.format(count))
    return f'<button type="button" class="earlier" data-act="earlier">{label}</button>'


def hint(text: str) -> str:
    """What stands where there is nothing yet."""
    return f'<p class="empty">{escape(text)}</p>'


def collection(known: Sequence[DocumentSummary], say: Strings) -> str:
    """What there is to ask about: how many documents of which years, from whom, and the newest."""
    if not known:
        return hint(say.nothing_indexed)
    years = sorted({one.date[:4] for one in known if one.date})
    period = "–".join(dict.fromkeys((years[0], years[-1]))) if years else say.undated
    lines = [say.collection_is.format(f"{len(known):,}", period)]
    organisers = Counter(one.organisation for one in known if one.organisation)
    if organisers:
        lines.append(" · ".join(name for name, _ in organisers.most_common(_MOST_NAMED)))
    newest = max(known, key=lambda one: one.date)
    if newest.date:
        lines.append(say.newest_is.format(f"{newest.title} ({newest.date})"))
    return (
        f'<p class="empty">{escape(say.empty_talk)}</p>'
        f'<div class="collection">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>'
    )


def sources(
    answer: Answer | None,
    say: Strings,
    left_out: Sequence[LedgerEntry] = (),
    turn: int = 0,
    pages: Mapping[str, int] | None = None,
) -> str:
    """The citations of an answer, each quote marked in its passage; beside a refusal, the
    files that could not be searched. ``turn`` is the answer's place in its conversation,
    ``pages`` tells by path how many a document has."""
    if answer is None:
        return ""
    heading = say.sources if answer.answer else say.sources_while_writing
    if answer.refused:
        heading = say.sources_of_refusal
    cards = "".join(_source(citation, pages or {}, say) for citation in answer.citations)
    if not cards:
        cards = hint(say.nothing_indexed if answer.kind == "passages" else say.sources_empty)
    unread = ""
    if answer.refused and left_out:
        names = ", ".join(entry.path.rsplit("/", 1)[-1] for entry in left_out)
        unread = f'<p class="unread">{escape(say.unread_files.format(names))}</p>'
    steps = _steps(answer.citations, say) if len(answer.citations) > 1 else ""
    close = escape(say.close, quote=True)
    return (
        f'<section class="sources" data-turn="{turn}"><header><h2>{escape(heading)}</h2>{steps}'
        f'<button type="button" data-close aria-label="{close}">✕</button></header>'
        f'<div class="cards" tabindex="0">{cards}{unread}</div></section>'
    )


def _steps(citations: Sequence[Citation], say: Strings) -> str:
    """From citation to citation: ◀ 1 2 3 ▶."""
    numbers = "".join(
        f'<button type="button" data-source="{one.n}"'
        f' aria-label="{escape(say.source_number.format(one.n), quote=True)}">{one.n}</button>'
        for one in citations
    )
    before, after = (
        f'<button type="button" data-step="{step}" aria-label="{escape(label, quote=True)}">'
        f"{sign}</button>"
        for step, label, sign in (("-1", say.before, "◀"), ("1", say.next, "▶"))
    )
    return f'<nav aria-label="{escape(say.sources, quote=True)}">{before}{numbers}{after}</nav>'


def documents(
    summaries: Sequence[DocumentSummary], ledger: Mapping[str, LedgerEntry], say: Strings
) -> str:
    """What is indexed, and what was left out and why."""
    rows = "".join(_document(summary, ledger.get(summary.path), say) for summary in summaries)
    left_out = [entry for entry in ledger.values() if not entry.is_indexed]
    skipped = "".join(
        f'<li class="left-out"><strong>{escape(entry.path.rsplit("/", 1)[-1])}</strong>'
        f"<span>{escape(_why(entry, say))}</span></li>"
        for entry in left_out
    )
    if not rows and not skipped:
        return hint(say.documents_empty)
    label = escape(say.documents_tab, quote=True)
    return f'<ul class="documents" tabindex="0" aria-label="{label}">{rows}{skipped}</ul>'


def _why(entry: LedgerEntry, say: Strings) -> str:
    status = say.failed if entry.status == "failed" else say.skipped
    return f"{status}: {'; '.join((entry.reason, *entry.notes))}"


def _turn(answer: Answer, say: Strings, number: int, is_last: bool) -> str:
    if answer.kind == "passages":
        lines = "".join(
            f"<p>{_with_chips(line, answer.citations, say, number)}{_verdict(is_checked, say)}</p>"
            for line, is_checked in zip_longest(answer.answer.split("\n"), _checked(answer))
        )
    else:
        lines = "".join(_item(line, answer, say, number) for line in answer.answer.split("\n"))
    # What belongs to the answer is said in its language.
    told = STRINGS[answer.language]
    if answer.names:
        names = " · ".join(" = ".join(forms) for forms in answer.names)
        lines += f'<p class="aside names">{escape(names)}</p>'
    if answer.lacking:
        lacking = told.lacking.format(", ".join(answer.lacking))
        lines += f'<p class="aside">{escape(lacking)}</p>'
    if answer.elsewhere:
        elsewhere = told.elsewhere.format(", ".join(answer.elsewhere))
        lines += f'<p class="aside">{escape(elsewhere)}</p>'
    if answer.refused and answer.searched_documents:
        searched = told.searched.format(answer.searched_documents)
        lines += f'<p class="aside">{escape(searched)}</p>'
    if answer.refused and answer.citations:
        lines += _nearest(answer, told, number)
    kind = "a refused" if answer.refused else "a"
    return (
        f"{_question(answer.question, say, answer.standalone, answer.only)}"
        f'<div class="{kind}" lang="{answer.language}" data-number="{number}">'
        f"{lines}{_actions(say, number, is_last)}</div>"
    )


def _nearest(answer: Answer, say: Strings, number: int) -> str:
    """What the passages nearest to a refused question say where they come close to an answer,
    and the way to them where they do not."""
    if not answer.close:
        nearest = escape(say.nearest)
        return f'<p><a class="nearest" href="#source-1" data-turn="{number}">{nearest}</a></p>'
    quotes = "".join(
        f'<p class="close"><span>{_with_chips(f"{text} [{one.n}]", [one], say, number)}</span></p>'
        for one in answer.citations
        if (text := without_bars(one.quote))
    )
    return f'<p class="aside">{escape(say.close_to_it)}</p>{quotes}'


def _actions(say: Strings, number: int, is_last: bool) -> str:
    """What can be done with an answer; the last question can also be put otherwise."""
    shown = [("copy", say.copy, ""), ("download", say.copy_markdown, "")]
    if is_last:
        shown += [("retry", say.retry, ""), ("edit", say.edit, ""), ("share", say.share, "")]
    shown += [("like", say.good, ' data-good="1"'), ("like", say.bad, "")]
    buttons = "".join(
        f'<button type="button" data-act="{act}" data-turn="{number}"{more}>'
        f"{escape(label)}</button>"
        for act, label, more in shown
    )
    label = escape(say.actions, quote=True)
    return f'<div class="actions" role="group" aria-label="{label}">{buttons}</div>'


def _item(line: str, answer: Answer, say: Strings, number: int) -> str:
    """A line of a list of documents or of a document's sentences; all of it tells."""
    text = line.removeprefix("- ")
    kind = "" if text == line else ' class="item"'
    return f"<p{kind}>{_with_chips(text, answer.citations, say, number, marked=False)}</p>"


def _checked(answer: Answer) -> Iterator[bool]:
    """For each line of an answer whether it ends a sentence that was held against its quotes;
    what is quoted needs no mark."""
    for sentence in answer.sentences:
        yield from (False for _ in range(sentence.text.count("\n")))
        yield sentence.verdict == "checked"


def _verdict(is_checked: bool | None, say: Strings) -> str:
    if not is_checked:
        return ""
    said = escape(say.checked, quote=True)
    return f'<span class="verdict" title="{said}" aria-label="{said}">✓</span>'


def _question(text: str, say: Strings, standalone: str = "", only: Filter = Filter()) -> str:  # noqa: B008
    added = "" if standalone in text else standalone.removeprefix(text).strip()
    context = f'<p class="aside">↪ {escape(added)}</p>' if added else ""
    if not only.is_open:
        scope = say.scope_is.format(_scope(only))
        context += f'<p class="aside scope">{escape(scope)}</p>'
    return f'<div class="q"><p>{escape(text)}</p>{context}</div>'


def _scope(only: Filter) -> str:
    period = f"{only.since}–{only.until}" if only.since or only.until else ""
    named = (*only.types, *only.organisations, *only.documents, *only.languages)
    return " · ".join(filter(None, (period, *named)))


def _with_chips(
    line: str, citations: Sequence[Citation], say: Strings, turn: int, *, marked: bool = True
) -> str:
    """A line with links to what it cites and, if ``marked``, the sentence that answers marked."""
    shown = partial(_with_telling, citations=citations) if marked else escape
    cited = {citation.n: citation for citation in citations}
    parts = []
    end = 0
    for match in _MARK.finditer(line):
        number = int(match[1])
        if number not in cited:
            continue
        parts.append(shown(line[end : match.start()]))
        quote = escape(" ".join(cited[number].telling.split()), quote=True)
        where = escape(_place(cited[number].passage, say), quote=True)
        label = escape(say.source_number.format(number), quote=True)
        parts.append(
            f'<a class="chip" href="#source-{number}" data-turn="{turn}" data-quote="{quote}"'
            f' data-where="{where}" aria-label="{label}: {quote}">{number}</a>'
        )
        end = match.end()
    parts.append(shown(line[end:]))
    return "".join(parts)


def _with_telling(text: str, citations: Sequence[Citation]) -> str:
    """Text with the sentence that answers marked, where others stand around it."""
    for citation in citations:
        telling = " ".join(citation.telling.split())
        if not telling:
            continue
        before, found, after = text.partition(telling)
        if found and (before.strip() or after.strip() or citation.quote != citation.telling):
            return f"{escape(before)}<strong>{escape(telling)}</strong>{escape(after)}"
    return escape(text)


def _place(passage: Passage, say: Strings) -> str:
    page = say.page.format(passage.page) if passage.page > 1 else ""
    return " · ".join(filter(None, (passage.title, page, passage.date)))


def _source(citation: Citation, pages: Mapping[str, int], say: Strings) -> str:
    passage = citation.passage
    page = say.page.format(passage.page) if passage.page > 1 else ""
    read = say.recognised if passage.recognised else ""
    known = (passage.date, passage.organisation, passage.author, passage.code)
    details = [passage.document, page, read, *dict.fromkeys(known)]
    where = " · ".join(escape(part) for part in details if part)
    section = f'<p class="section">{escape(passage.section)}</p>' if passage.section else ""
    if citation.also:
        same = say.same_passage.format(", ".join(citation.also))
        section += f'<p class="section">{escape(same)}</p>'
    picture = pictures(
        passage.path, passage.title, pages.get(passage.path, passage.page), say,
        passage.page, citation.quote,
    )  # fmt: skip
    return (
        f'<article id="source-{citation.n}" class="source" tabindex="-1">'
        f'<div class="head"><h3><span class="number">{citation.n}</span> '
        f'<button type="button" data-document="{escape(passage.path, quote=True)}">'
        f"{escape(passage.title)}</button></h3>"
        f'<p class="where">{where}</p>{to_pictures(passage.path, say)}</div>{section}{picture}'
        f"{cited(passage, (citation.start, citation.end))}</article>"
    )


def _document(summary: DocumentSummary, entry: LedgerEntry | None, say: Strings) -> str:
    details = _details(summary, entry, say)
    path = escape(summary.path, quote=True)
    title = f'<button type="button" data-document="{path}">{escape(summary.title)}</button>'
    return f"<li>{title}<span>{details}</span></li>"


def _details(summary: DocumentSummary, entry: LedgerEntry | None, say: Strings) -> str:
    known = (summary.date, summary.type, summary.organisation, summary.author, summary.code)
    details = [*dict.fromkeys(known), summary.name]
    details += [say.pages.format(summary.pages)] if summary.pages > 1 else []
    details += [say.passages.format(summary.passages)]
    if entry:
        details += [say.recognised_pages.format(entry.recognised)] if entry.recognised else []
        details += [say.empty_pages.format(entry.empty)] if entry.empty else []
        details += [say.same_document.format(entry.twin.rsplit("/", 1)[-1])] if entry.twin else []
        details += [entry.reason]
        details += [say.not_read.format("; ".join(entry.notes))] if entry.notes else []
    return " · ".join(escape(part) for part in details if part)
