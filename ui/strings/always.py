"""What the page says in whatever language."""

from __future__ import annotations

PAGE_TITLE = "근거 Geungeo"
HEAD = (
    '<button id="menu" type="button" aria-controls="side" aria-label="{menu}">☰</button>'
    "<div><h1>근거 <small>Geungeo</small></h1><p>{motto}</p></div>"
    '<span id="labels" data-language="{language}" data-open="{open}" data-rename="{rename}"'
    ' data-drop="{drop}" data-error="{error}" data-warning="{warning}" data-info="{info}"'
    ' data-lost="{lost}" hidden></span>'
)
LOG_OUT = (
    '<form id="log-out" method="post" action="logout"><span>{name}</span> '
    '<button type="submit">{log_out}</button></form>'
)
# Before a language is chosen.
QUESTION = "질문 · 问题 · Question"
ASK_HERE = "질문을 입력하세요  ·  请输入问题  ·  Ask a question"
