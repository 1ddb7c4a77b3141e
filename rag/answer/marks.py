"""Where in an answer its citations are marked, and the answer as a message that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geungeo.rag.answer.answer import Answer, Citation

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage
    from langchain_core.messages.content import Citation as Annotation


@dataclass(frozen=True)
class Mark:
    """The number of a citation, as [1], at ``[start, end)`` of an answer's text, in characters;
    the sentence that it holds begins at ``said``."""

    said: int
    start: int
    end: int
    citation: Citation


def marks(answer: Answer) -> tuple[Mark, ...]:
    """The marks of an answer in their order. A number in brackets that a document brings itself
    is none; a refusal, whose citations hold nothing that it says, has none."""
    return () if answer.refused else tuple(_marks(answer))


def _marks(answer: Answer) -> Iterator[Mark]:
    of = {citation.n: citation for citation in answer.citations}
    at = 0
    for sentence in answer.sentences:
        tail = "".join(f"[{n}]" for n in sentence.citations)
        found = answer.answer.find(f"{sentence.text} {tail}", at)
        if found < 0:
            continue
        at = found + len(sentence.text) + len(" ")
        for n in sentence.citations:
            end = at + len(f"[{n}]")
            if n in of:
                yield Mark(found, at, end, of[n])
            at = end


def as_message(answer: Answer) -> AIMessage:
    """An answer as a message of LangChain: one block of text, annotated with a ``Citation`` for
    each mark, over the sentence that it holds. A runnable by ``chain | as_message``.

    The whole answer, as ``Answer.to_json`` has it, is in ``response_metadata``.
    """
    from langchain_core.messages import AIMessage
    from langchain_core.messages.content import create_text_block

    block = create_text_block(
        answer.answer, annotations=[_annotation(one) for one in marks(answer)]
    )
    return AIMessage(content=[{**block}], response_metadata={"geungeo": answer.to_json()})


def _annotation(mark: Mark) -> Annotation:
    from langchain_core.messages.content import create_citation

    citation = mark.citation
    passage = citation.passage
    return create_citation(
        title=passage.title, start_index=mark.said, end_index=mark.end, cited_text=citation.quote,
        document=passage.document, path=passage.path, page=passage.page, section=passage.section,
        characters=[citation.start, citation.end],
    )  # fmt: skip
