"""What the page says, in each language that a reader can choose."""

from __future__ import annotations

from dataclasses import dataclass

from vectorstore.language import Language


@dataclass(frozen=True)
class Strings:
    """Every text of the page; ``{}`` stands where a value comes in."""

    motto: str
    question: str
    ask_here: str
    empty_talk: str
    searching: str
    sources: str
    sources_tab: str
    sources_while_writing: str
    sources_of_refusal: str
    sources_empty: str
    nothing_indexed: str
    unread_files: str
    documents_tab: str
    documents_empty: str
    context: str
    page: str
    pages: str
    passages: str
    recognised: str
    recognised_pages: str
    empty_pages: str
    same_passage: str
    same_document: str
    searched: str
    lacking: str
    scope: str
    scope_is: str
    since: str
    until: str
    types: str
    organisations: str
    chosen_documents: str
    source_number: str
    quoted: str
    checked: str
    seconds: str
    examples: str
    upload: str
    uploaded: str
    opinion: str
    opinion_here: str
    good: str
    bad: str
    thanks: str
    ask_first: str
    type_a_question: str
    not_a_date: str
    export: str
    share: str
    shared: str
    new: str
    language: str


STRINGS: dict[Language, Strings] = {
    "ko": Strings(
        motto="문서에 근거해 답하고, 모든 문장에 원문을 붙입니다.",
        question="질문",
        ask_here="질문을 입력하세요  ·  请输入问题  ·  Ask a question",
        empty_talk="문서에 대해 물어보세요. 답의 모든 문장에는 원문 인용이 붙고, "
        "문서에 없는 내용은 없다고 답합니다.",
        searching="찾는 중…",
        sources="근거",
        sources_tab="근거",
        sources_while_writing="찾은 대목 (답을 쓰는 중)",
        sources_of_refusal="가장 가까운 대목 (답은 아님)",
        sources_empty="답의 근거가 여기에 나타납니다.",
        nothing_indexed="색인에 문서가 없습니다. 문서 탭에서 올려 주세요.",
        unread_files="찾지 못한 파일 (색인되지 않음): {}",
        documents_tab="문서",
        documents_empty="아직 문서가 없습니다. 아래에 파일을 올리면 바로 물어볼 수 있습니다.",
        context="앞뒤 문맥 보기",
        page="{}쪽",
        pages="{}쪽",
        passages="{}개 대목",
        recognised="문자 인식(OCR)으로 읽음",
        recognised_pages="문자 인식 {}쪽",
        empty_pages="글자 없는 쪽 {}",
        same_passage="같은 대목: {}",
        same_document="거의 같은 문서: {}",
        searched="문서 {}건을 찾아보았습니다.",
        lacking="가까운 대목에 없는 말: {}",
        scope="찾는 범위",
        scope_is="범위: {}",
        since="언제부터 (2024, 2024-07, 2024-07-30)",
        until="언제까지",
        types="종류",
        organisations="기관",
        chosen_documents="문서",
        source_number="근거 {}",
        quoted="원문 그대로",
        checked="근거와 대조하여 확인됨 (숫자·날짜·이름·부정·내용)",
        seconds="{:.2f}초",
        examples="이렇게 물어보세요",
        upload="문서 올리기 (HWP, PDF, 워드·엑셀·파워포인트, 웹 문서, 메일, ZIP)",
        uploaded="올린 결과",
        opinion="의견",
        opinion_here="이 답에 대한 의견 (선택)",
        good="✓ 맞음",
        bad="✗ 틀림",
        thanks="의견을 남겼습니다. 이 컴퓨터에만 저장됩니다.",
        ask_first="먼저 질문을 하세요.",
        type_a_question="질문을 입력하세요.",
        not_a_date="날짜는 2024, 2024-07, 2024-07-30처럼 씁니다: {}",
        export="대화 저장",
        share="질문 링크 복사",
        shared="링크를 복사했습니다",
        new="새 대화",
        language="화면 언어",
    ),
    "zh": Strings(
        motto="依据文件作答，每句话都附上原文。",
        question="问题",
        ask_here="请输入问题  ·  질문을 입력하세요  ·  Ask a question",
        empty_talk="请就文件提问。回答的每句话都附有原文引用；文件中没有的内容，会如实说没有。",
        searching="正在查找…",
        sources="依据",
        sources_tab="依据",
        sources_while_writing="找到的段落（正在作答）",
        sources_of_refusal="最接近的段落（并非答案）",
        sources_empty="回答的依据显示在这里。",
        nothing_indexed="索引中没有文件。请在“文件”页上传。",
        unread_files="未能查找的文件（未编入索引）：{}",
        documents_tab="文件",
        documents_empty="还没有文件。在下面上传后即可提问。",
        context="查看上下文",
        page="第{}页",
        pages="共{}页",
        passages="{}个段落",
        recognised="由文字识别（OCR）读取",
        recognised_pages="文字识别{}页",
        empty_pages="无文字的页：{}",
        same_passage="相同段落：{}",
        same_document="内容几乎相同的文件：{}",
        searched="已查找 {} 份文件。",
        lacking="相近段落中没有的词：{}",
        scope="查找范围",
        scope_is="范围：{}",
        since="起始日期（2024、2024-07、2024-07-30）",
        until="截止日期",
        types="类型",
        organisations="机构",
        chosen_documents="文件",
        source_number="依据 {}",
        quoted="原文",
        checked="已与依据核对（数字、日期、名称、否定、内容）",
        seconds="{:.2f}秒",
        examples="可以这样问",
        upload="上传文件（HWP、PDF、Word、Excel、PowerPoint、网页、邮件、ZIP）",
        uploaded="上传结果",
        opinion="意见",
        opinion_here="对这个回答的意见（可选）",
        good="✓ 正确",
        bad="✗ 有误",
        thanks="意见已保存，只存在这台电脑上。",
        ask_first="请先提问。",
        type_a_question="请输入问题。",
        not_a_date="日期请写成 2024、2024-07 或 2024-07-30：{}",
        export="保存对话",
        share="复制问题链接",
        shared="链接已复制",
        new="新对话",
        language="界面语言",
    ),
    "en": Strings(
        motto="Answers from your documents, with the source of every sentence.",
        question="Question",
        ask_here="Ask a question  ·  질문을 입력하세요  ·  请输入问题",
        empty_talk="Ask about the documents. Every sentence of an answer carries its quote, and "
        "what the documents do not say is not answered.",
        searching="Searching…",
        sources="Sources",
        sources_tab="Sources",
        sources_while_writing="Found so far (the answer is being written)",
        sources_of_refusal="Nearest passages (not an answer)",
        sources_empty="The sources of an answer appear here.",
        nothing_indexed="No documents are indexed. Upload some under Documents.",
        unread_files="Files that could not be searched (not indexed): {}",
        documents_tab="Documents",
        documents_empty="No documents yet. Upload files below and ask at once.",
        context="Show what stands around it",
        page="p. {}",
        pages="{} pages",
        passages="{} passages",
        recognised="read by OCR",
        recognised_pages="{} pages by OCR",
        empty_pages="pages without text: {}",
        same_passage="The same passage: {}",
        same_document="nearly the same as {}",
        searched="{} documents were searched.",
        lacking="Not in the passages nearest to it: {}",
        scope="Search within",
        scope_is="Within: {}",
        since="From (2024, 2024-07, 2024-07-30)",
        until="Until",
        types="Type",
        organisations="Organisation",
        chosen_documents="Documents",
        source_number="Source {}",
        quoted="Verbatim",
        checked="Compared with its source (numbers, dates, names, negation, content)",
        seconds="{:.2f} s",
        examples="Questions to start with",
        upload="Upload documents (HWP, PDF, Word, Excel, PowerPoint, web pages, mail, ZIP)",
        uploaded="Result",
        opinion="Comment",
        opinion_here="A comment on this answer (optional)",
        good="✓ Right",
        bad="✗ Wrong",
        thanks="Saved, on this computer only.",
        ask_first="Ask a question first.",
        type_a_question="Type a question.",
        not_a_date="Dates are written 2024, 2024-07 or 2024-07-30, not {}",
        export="Save conversation",
        share="Copy link to question",
        shared="Link copied",
        new="New conversation",
        language="Language of the page",
    ),
}
