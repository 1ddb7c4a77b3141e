"""What is said of a collection, or in small talk, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from geungeo.lang.detect import Language

THANKS = re.compile(
    r"감사|고맙|고마워|수고|덕분|도움이|谢|辛苦|thank|\bthx\b|appreciate|cheers", re.IGNORECASE
)


@dataclass(frozen=True)
class Replies:
    """``{n}`` stands for a number of documents, ``{what}`` for a name."""

    hello: str
    welcome: str
    document: str
    documents: str
    newest: str
    oldest: str
    more: str
    none: str
    undated: str
    organisations: str
    types: str
    languages: str
    unknown: str
    about: str
    contents: str
    which: str


REPLIES: Mapping[Language, Replies] = {
    "ko": Replies(
        hello="안녕하세요. 여기 있는 문서 {n}건에서 답을 찾아 "
        "근거가 되는 문장을 그대로 보여 드립니다. 무엇이든 물어보세요.",
        welcome="도움이 되었다니 다행입니다. 더 궁금한 것이 있으면 물어보세요.",
        document="문서 1건이 있습니다.",
        documents="문서 {n}건이 있습니다.",
        newest="가장 최근 문서는 다음과 같습니다.",
        oldest="가장 오래된 문서는 다음과 같습니다.",
        more="그 밖에 {n}건이 더 있습니다.",
        none="그런 문서는 없습니다. 모두 {n}건이 있습니다.",
        undated="날짜를 알 수 없는 문서 {n}건은 빠졌습니다.",
        organisations="문서를 낸 기관은 다음과 같습니다.",
        types="문서의 종류는 다음과 같습니다.",
        languages="문서의 언어는 다음과 같습니다.",
        unknown="알 수 없음",
        about="「{what}」의 중심 문장입니다.",
        contents="차례",
        which="어느 문서를 말씀하시나요? 제목이나 파일 이름을 알려 주세요.",
    ),
    "zh": Replies(
        hello="您好。我从这里的{n}份文件中寻找答案，并原样给出作为依据的句子。请随意提问。",
        welcome="很高兴能帮上忙。还有问题请继续问。",
        document="共有1份文件。",
        documents="共有{n}份文件。",
        newest="最新的文件如下。",
        oldest="最早的文件如下。",
        more="另外还有{n}份。",
        none="没有这样的文件。这里共有{n}份。",
        undated="日期不明的{n}份没有算在内。",
        organisations="发布文件的机构如下。",
        types="文件的类型如下。",
        languages="文件的语言如下。",
        unknown="不明",
        about="《{what}》的中心句子如下。",
        contents="目录",
        which="您指的是哪一份文件？请告诉我标题或文件名。",
    ),
    "en": Replies(
        hello="Hello. I look for answers in the {n} documents here and show the sentences that "
        "they rest on, word for word. Ask me anything about them.",
        welcome="Glad that it helped. Ask on if there is more.",
        document="There is one document.",
        documents="There are {n} documents.",
        newest="The newest:",
        oldest="The oldest:",
        more="And {n} more.",
        none="There is no such document. There are {n} in all.",
        undated="{n} documents without a known date are not among them.",
        organisations="The documents come from:",
        types="The kinds of documents:",
        languages="The languages of the documents:",
        unknown="unknown",
        about="The central sentences of “{what}”:",
        contents="Contents",
        which="Which document do you mean? Tell me its title or its file.",
    ),
}
NAMES_OF_LANGUAGES: Mapping[Language, Mapping[str, str]] = {
    "ko": {"ko": "한국어", "zh": "중국어", "en": "영어"},
    "zh": {"ko": "韩语", "zh": "中文", "en": "英语"},
    "en": {"ko": "Korean", "zh": "Chinese", "en": "English"},
}
