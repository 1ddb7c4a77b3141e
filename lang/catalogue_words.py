"""How people ask for documents of a collection: the newest, how many, of which kind, by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping

COUNT = re.compile(
    r"몇\s?(?:개|건|편|권|종|가지)|(?:총|모두|전부)\s?몇|얼마나 (?:많|있|되)|개수|갯수"
    r"|多少|几[份篇个本]|how many|number of|count",
    re.IGNORECASE,
)
NEWEST = re.compile(
    r"최신|최근|새로\s?(?:나온|올라온|들어온)|가장\s?(?:새|나중)|最新|最近"
    r"|newest|latest|(?:most|more) recent",
    re.IGNORECASE,
)
OLDEST = re.compile(
    r"(?:가장|제일)\s?(?:오래|먼저|옛)|最早|最旧|最老|oldest|earliest", re.IGNORECASE
)
SINCE = re.compile(r"이후|부터|이래|以来|以后|之后|\b(?:since|after|from)\b", re.IGNORECASE)
UNTIL = re.compile(r"이전|까지|以前|之前|截至|\b(?:until|before|till|up to)\b", re.IGNORECASE)
BETWEEN = re.compile(
    r"사이|부터.*까지|[~～]|之间|[到至]|\bbetween\b|\bfrom\b.*\bto\b", re.IGNORECASE
)

ORGANISATIONS = re.compile(
    r"(?:어느|어떤|무슨|발행|작성)\s?(?:기관|부처|단체|회사|곳)|기관\s?(?:별|목록)|누가\s?(?:쓴|낸|만든|작성)"
    r"|哪些?(?:个)?(?:机构|部门|单位|组织)"
    r"|(?:which|what) (?:organi[sz]ations?|ministr(?:y|ies)|agenc(?:y|ies)"
    r"|institut(?:e|ion)s?|publishers?)|who (?:wrote|published|issued|made)",
    re.IGNORECASE,
)
TYPES = re.compile(
    r"(?:어떤|무슨|어느)\s?(?:종류|유형)|(?:종류|유형)\s?(?:별|가|는|의)|(?:哪些|什么)(?:种类|类型)|类型"
    r"|(?:what|which) (?:kinds?|types?|sorts?)",
    re.IGNORECASE,
)
LANGUAGES = re.compile(
    r"(?:어떤|어느|무슨)\s?(?:언어|나라 말)|언어\s?별|哪些?语言|(?:what|which) languages?",
    re.IGNORECASE,
)

WRITTEN_IN: Mapping[str, re.Pattern[str]] = {
    "ko": re.compile(r"한국어|한글|국문|韩[语文]|korean", re.IGNORECASE),
    "zh": re.compile(r"중국어|중문|中文|汉语|chinese", re.IGNORECASE),
    "en": re.compile(r"영어|영문|英[语文]|english", re.IGNORECASE),
}
NAMES_OF_TYPES: Mapping[str, Mapping[str, str]] = {
    "press release": {"ko": "보도자료", "zh": "新闻稿", "en": "press release"},
    "judgment": {"ko": "판결문", "zh": "判决书", "en": "judgment"},
    "trip report": {"ko": "출장보고서", "zh": "出差报告", "en": "trip report"},
    "minutes": {"ko": "회의록", "zh": "会议纪要", "en": "minutes"},
    "research report": {"ko": "연구보고서", "zh": "研究报告", "en": "research report"},
    "notice": {"ko": "공지", "zh": "公告", "en": "notice"},
    "blog": {"ko": "블로그", "zh": "博客", "en": "blog"},
}
OF_TYPE: Mapping[str, re.Pattern[str]] = {
    "press release": re.compile(r"보도\s?자료|新闻稿|press releases?", re.IGNORECASE),
    "judgment": re.compile(
        r"판결(?:문|서)?|판례|判决|裁定|(?:court )?(?:rulings?|judge?ments?|decisions?)",
        re.IGNORECASE,
    ),
    "trip report": re.compile(
        r"출장\s?(?:보고|노트|결과)|(?:出差|考察|出访)报告|trip reports?", re.IGNORECASE
    ),
    "minutes": re.compile(r"회의록|회의\s?결과|会议(?:纪要|记录)|minutes", re.IGNORECASE),
    "research report": re.compile(
        r"연구\s?보고서|研究报告|research (?:reports?|papers?)", re.IGNORECASE
    ),
    "notice": re.compile(r"공지|공고|公告|通知|notices?", re.IGNORECASE),
    "blog": re.compile(r"블로그|博客|\bblogs?\b", re.IGNORECASE),
}

# What such a question says beside its topic.
NO_TOPIC = re.compile(
    r"문서|자료|보고서|파일|목록|리스트|제목|글|문건|논문|서류|책자|폴더|자료실|컬렉션|관련|관한|대한|대해|다룬|다루\S*"
    r"|얘기|이야기|내용|나오\S*|나온|들어\S*|있\S*|없\S*|무엇|뭐\S*|무슨|어떤|어느|어디|몇|개|건|편|모두|전부|전체|총|가장|제일"
    r"|알려\S*|보여\S*|찾아\S*|골라\S*|나열\S*|정리\S*|확인\S*|궁금\S*|주세요|줘|좀|혹시|여기|지금|현재|쪽|분야|주제|종류|유형"
    r"|등록\S*|색인\S*|올라\S*|업로드\S*|추가\S*|발행\S*|발간\S*|작성\S*|검색\S*|기관|낸|쓴|만든|최신|최근|오래된|이후|이전|부터|까지"
    r"|요약\S*|간단\S*|간략\S*|짧게|핵심\S*|요지|요점|줄거리|줄기|큰|결론|결국|말|글인지|말하\S*|설명\S*|전체적\S*|한마디\S*|문장"
    r"|방금|인용\S*|아까|해당|목차|차례|사이|순서|날짜\S*|작년|올해|지난\S*|년|월|것\S*|거|중|별"
    r"|文件|文档|资料|报告|目录|列表|标题|文章|档案|这里|里面|库里|有没有|有|没有|哪些?|什么|几|多少|一共|总共|全部|所有|列出\S?"
    r"|关于|有关|方面|涉及|谈到|提到|讲到|查找|请|告诉|显示|最新|最早|最近|发布|出版|机构|类型|语言|的|了|吗|呢|份|篇|个|我|想看?|一下"
    r"|目录|大纲|刚才|引用|概括|归纳|摘要|要点|简要|简单|介绍|主要|整体|内容|结论|讲|说"
    r"|\b(?:summar(?:y|ies|i[sz]e)|brief(?:ly)?|main|key|contents|table|just|cited|quoted|it|points?|takeaways|gist|overall|overview|outline|conclusions?|say|trying)\b"
    r"|\b(?:documents?|reports?|files?|papers?|texts?|items?|list|titles?|collection|folder|library|index(?:ed)?|here|there"
    r"|anything|everything|something|what|which|who|how|many|much|number|all|any|every|show|give|find|tell|have|has|got|do|does"
    r"|did|is|are|was|were|be|been|you|your|me|i|we|us|can|could|please|the|a|an|of|on|in|about|by|from|to|for|with|and|or|that"
    r"|this|these|those|deal(?:s|ing)?|mention(?:s|ing)?|cover(?:s|ing)?|concern(?:s|ing)?|related|published|issued|written|wrote"
    r"|newest|latest|recent|most|oldest|earliest|since|after|before|until|between|sorted?|date|kinds?|types?|sorts?|languages?"
    r"|topics?|included?|contain(?:s|ed)?|uploaded|added|available|one|ones|s)\b",
    re.IGNORECASE,
)
