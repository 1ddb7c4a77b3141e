"""What the page says, in each language that a reader can choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geungeo.lang.detect import Language
from geungeo.vectorstore.records import SentenceKind


@dataclass(frozen=True)
class Strings:
    """Every text of the page; ``{}`` stands where a value comes in."""

    motto: str
    conversation: str
    empty_talk: str
    searching: str
    sources: str
    ask_tab: str
    sources_while_writing: str
    sources_of_refusal: str
    sources_empty: str
    nothing_indexed: str
    unread_files: str
    failed: str
    skipped: str
    added: str
    updated: str
    unchanged: str
    removed: str
    not_read: str
    documents_tab: str
    documents_empty: str
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
    elsewhere: str
    scope_is: str
    scope_all: str
    scope_more: str
    find_document: str
    collection_is: str
    newest_is: str
    undated: str
    since: str
    until: str
    types: str
    organisations: str
    chosen_documents: str
    source_number: str
    checked: str
    examples: str
    upload: str
    uploaded: str
    opinion: str
    opinion_here: str
    good: str
    bad: str
    send: str
    cancel: str
    thanks: str
    ask_first: str
    type_a_question: str
    question_too_long: str
    too_many_files: str
    not_a_document: str
    uploads_full: str
    not_a_date: str
    share: str
    new: str
    menu: str
    close: str
    before: str
    next: str
    nearest: str
    actions: str
    language: str
    in_line: str
    page_picture: str
    retry: str
    edit: str
    copy: str
    copy_markdown: str
    copied: str
    follow_ups: str
    whole_answer: str
    opinion_about: str
    history: str
    history_is: str
    history_of_account: str
    search_history: str
    this_conversation: str
    rename: str
    remove: str
    take_back: str
    open_document: str
    document_answered: str
    how_read: str
    in_short: str
    outline: str
    outline_cut: str
    tables: str
    no_recognition: str
    document_title: str
    document_date: str
    correct: str
    correct_is: str
    save: str
    as_read: str
    was_read: str
    nothing_read: str
    corrected: str
    taken_back: str
    title_needed: str
    too_long: str
    to_sources: str
    document_text: str
    document_gone: str
    read_by: str
    sentences_cut: str
    kinds: Mapping[SentenceKind, str]
    take_out: str
    upload_folder: str
    add_files: str
    drop_here: str
    waits: str
    is_read: str
    has_been_read: str
    timeline: str
    others: str
    unnamed: str
    settings_tab: str
    answerer: str
    answerer_is: str
    excerpts: str
    excerpts_is: str
    passages_read: str
    passages_read_is: str
    gate: str
    gate_is: str
    usual_settings: str
    state_documents: str
    state_encoder: str
    state_answerer: str
    state_index: str
    state_outside: str
    evals_tab: str
    evals_are: str
    gold_file: str
    run_evals: str
    no_runs: str
    log_out: str
    log_in: str
    account_name: str
    password: str
    login_wrong: str
    login_too_often: str
    log_in_elsewhere: str
    login_failed_elsewhere: str
    not_allowed: str


STRINGS: dict[Language, Strings] = {
    "ko": Strings(
        motto="문서에 근거해 답하고, 모든 문장에 원문을 붙입니다.",
        conversation="대화",
        empty_talk="문서에 대해 물어보세요. 답의 모든 문장에는 원문 인용이 붙고, "
        "문서에 없는 내용은 없다고 답합니다.",
        searching="찾는 중…",
        sources="근거",
        ask_tab="질문",
        sources_while_writing="찾은 구절 (답을 쓰는 중)",
        sources_of_refusal="가장 가까운 구절 (답은 아님)",
        sources_empty="답의 근거가 여기에 나타납니다.",
        nothing_indexed="색인에 문서가 없습니다. 문서 탭에서 올려 주세요.",
        unread_files="찾지 못한 파일 (색인되지 않음): {}",
        failed="읽지 못함",
        skipped="건너뜀",
        added="추가됨",
        updated="새로 읽음",
        unchanged="이미 있음",
        removed="삭제됨",
        not_read="읽지 못한 부분: {}",
        documents_tab="문서",
        documents_empty="아직 문서가 없습니다. 아래에 파일을 올리면 바로 물어볼 수 있습니다.",
        page="{}쪽",
        pages="{}쪽",
        passages="{}개 구절",
        recognised="문자 인식(OCR)으로 읽음",
        recognised_pages="문자 인식 {}쪽",
        empty_pages="글자 없는 쪽 {}",
        same_passage="같은 구절: {}",
        same_document="거의 같은 문서: {}",
        searched="문서 {}건을 찾아보았습니다.",
        lacking="가까운 구절에 없는 말: {}",
        elsewhere="검색 범위 밖의 문서에는 있습니다: {}",
        scope_is="범위: {}",
        scope_all="모든 문서에서 찾기",
        scope_more="날짜·종류·기관",
        find_document="문서 찾기",
        collection_is="문서 {}건, {}",
        newest_is="가장 새 문서: {}",
        undated="날짜 미상",
        since="언제부터 (2024, 2024-07, 2024-07-30)",
        until="언제까지",
        types="종류",
        organisations="기관",
        chosen_documents="문서",
        source_number="근거 {}",
        checked="근거와 대조하여 확인됨 (숫자·날짜·이름·부정·내용)",
        examples="이렇게 물어보세요",
        upload="문서 올리기 (HWP, PDF, 워드·엑셀·파워포인트, 웹 문서, 메일, ZIP)",
        uploaded="올린 결과",
        opinion="의견",
        opinion_here="이 답에 대한 의견 (선택)",
        good="맞음",
        bad="틀림",
        send="보내기",
        cancel="그만두기",
        thanks="의견을 남겼습니다. 이 서버에만 저장되고 밖으로 나가지 않습니다.",
        ask_first="먼저 질문을 하세요.",
        type_a_question="질문을 입력하세요.",
        question_too_long="질문은 {}자까지 쓸 수 있습니다.",
        too_many_files="한 번에 {}개까지 올릴 수 있습니다.",
        not_a_document="문서로 올릴 수 없는 이름",
        uploads_full="올린 문서가 {}GB를 넘습니다. 쓰지 않는 문서를 빼 주세요.",
        not_a_date="날짜는 2024, 2024-07, 2024-07-30처럼 씁니다: {}",
        share="질문 링크 복사",
        new="새 대화",
        menu="문서와 대화 여닫기",
        close="닫기",
        before="이전 근거",
        next="다음 근거",
        nearest="가장 가까운 구절 보기",
        actions="이 답으로 할 일",
        language="화면 언어",
        in_line="앞에 {}개의 질문이 있습니다. 차례를 기다리는 중…",
        page_picture="원본 페이지 보기",
        retry="다시 묻기",
        edit="질문 고치기",
        copy="답 복사",
        copy_markdown="각주 포함 복사",
        copied="복사했습니다.",
        follow_ups="이어서 물어보기",
        whole_answer="답 전체",
        opinion_about="의견의 대상",
        history="이전 대화",
        history_is="이 브라우저에서만 보입니다.",
        history_of_account="내 계정에서만 보입니다.",
        search_history="대화 찾기",
        this_conversation="열린 대화: 저장, 삭제",
        rename="이름 바꾸기",
        remove="대화 삭제",
        take_back="삭제한 대화 되돌리기",
        open_document="문서 펼쳐 보기",
        document_answered="이 문서로 답한 내 질문",
        how_read="어떻게 읽었나",
        in_short="세 문장으로",
        outline="목차",
        outline_cut="처음 {}개 제목만 보입니다.",
        tables="표 {}개",
        no_recognition="문자 인식(OCR) 없이 읽음",
        document_title="제목",
        document_date="날짜 (2024, 2024-07, 2024-07-30)",
        correct="고치기",
        correct_is="파일은 바뀌지 않습니다. 고친 값은 인용과 검색에 쓰이고, 다시 읽어도 남습니다.",
        save="저장",
        as_read="읽은 대로",
        was_read="읽은 값: {}",
        nothing_read="없음",
        corrected="고쳤습니다.",
        taken_back="읽은 대로 되돌렸습니다.",
        title_needed="제목을 적어 주세요.",
        too_long="{}자까지 쓸 수 있습니다.",
        to_sources="근거로 돌아가기",
        document_text="본문",
        document_gone="이 문서는 이제 색인에 없습니다.",
        read_by="{}로 읽음",
        sentences_cut="처음 {}문장만 보입니다.",
        kinds={
            "sentence": "문장",
            "heading": "제목",
            "item": "항목",
            "row": "표의 행",
            "caption": "표·그림 이름",
            "note": "주석",
        },
        take_out="문서 삭제",
        upload_folder="폴더 올리기",
        add_files="문서 올리기",
        drop_here="여기에 놓으면 문서로 올립니다",
        waits="기다리는 중",
        is_read="읽는 중…",
        has_been_read="읽음",
        timeline="날짜와 기관으로 본 문서",
        others="그 밖의 기관",
        unnamed="기관 미상",
        settings_tab="설정",
        answerer="답하는 방식",
        answerer_is="extractive는 모델 없이 문서의 문장을 그대로 보여 줍니다.",
        excerpts="답의 길이 (발췌)",
        excerpts_is="모델 없이 답할 때 가장 많이 보여 줄 발췌의 수입니다.",
        passages_read="읽을 구절의 수",
        passages_read_is="많을수록 여러 문서를 보지만 느려집니다.",
        gate="거절 기준",
        gate_is="답일 확률이 이보다 낮으면 답하지 않습니다. 높일수록 신중해집니다.",
        usual_settings="기본값으로",
        state_documents="문서",
        state_encoder="임베딩 모델",
        state_answerer="쓸 수 있는 답하는 방식",
        state_index="색인 폴더",
        state_outside="이 서버는 extractive와 local로 답할 때 바깥으로 아무것도 보내지 않습니다.",
        evals_tab="평가",
        evals_are="정답을 아는 질문을 모두 물어 답이 아직 맞는지 봅니다.",
        gold_file="문제 파일",
        run_evals="평가 실행",
        no_runs="아직 실행한 평가가 없습니다.",
        log_out="로그아웃",
        log_in="로그인",
        account_name="이름",
        password="비밀번호",
        login_wrong="이름이나 비밀번호가 맞지 않습니다.",
        login_too_often="로그인을 너무 자주 시도했습니다. 잠시 뒤에 다시 해 주세요.",
        log_in_elsewhere="조직 계정으로 로그인",
        login_failed_elsewhere="로그인을 마치지 못했습니다. 처음부터 다시 해 주세요.",
        not_allowed="이 계정으로는 할 수 없는 일입니다. 관리자에게 문의해 주세요.",
    ),
    "zh": Strings(
        motto="依据文件作答，每句话都附上原文。",
        conversation="对话",
        empty_talk="请就文件提问。回答的每句话都附有原文引用；文件中没有的内容，会如实说没有。",
        searching="正在查找…",
        sources="依据",
        ask_tab="提问",
        sources_while_writing="找到的段落（正在作答）",
        sources_of_refusal="最接近的段落（并非答案）",
        sources_empty="回答的依据显示在这里。",
        nothing_indexed="索引中没有文件。请在“文件”页上传。",
        unread_files="未能查找的文件（未编入索引）：{}",
        failed="读取失败",
        skipped="已跳过",
        added="已添加",
        updated="已更新",
        unchanged="未变",
        removed="已删除",
        not_read="未读取的部分：{}",
        documents_tab="文件",
        documents_empty="还没有文件。在下面上传后即可提问。",
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
        elsewhere="搜索范围之外的文件中有答案：{}",
        scope_is="范围：{}",
        scope_all="查找全部文件",
        scope_more="日期、类型、机构",
        find_document="查找文件",
        collection_is="{}份文件，{}",
        newest_is="最新文件：{}",
        undated="日期不详",
        since="起始日期（2024、2024-07、2024-07-30）",
        until="截止日期",
        types="类型",
        organisations="机构",
        chosen_documents="文件",
        source_number="依据 {}",
        checked="已与依据核对（数字、日期、名称、否定、内容）",
        examples="可以这样问",
        upload="上传文件（HWP、PDF、Word、Excel、PowerPoint、网页、邮件、ZIP）",
        uploaded="上传结果",
        opinion="意见",
        opinion_here="对这个回答的意见（可选）",
        good="正确",
        bad="有误",
        send="提交",
        cancel="取消",
        thanks="意见已保存，只存于本服务器，不会外传。",
        ask_first="请先提问。",
        type_a_question="请输入问题。",
        question_too_long="问题最多 {} 个字符。",
        too_many_files="一次最多上传 {} 个文件。",
        not_a_document="这样的文件名不能作为文件上传",
        uploads_full="上传的文件超过 {} GB，请移除不用的文件。",
        not_a_date="日期请写成 2024、2024-07 或 2024-07-30：{}",
        share="复制问题链接",
        new="新对话",
        menu="展开或收起文件与对话",
        close="关闭",
        before="上一处依据",
        next="下一处依据",
        nearest="查看最接近的段落",
        actions="对此回答的操作",
        language="界面语言",
        in_line="前面还有 {} 个问题，正在排队…",
        page_picture="查看原页面",
        retry="重新提问",
        edit="修改问题",
        copy="复制回答",
        copy_markdown="复制（附脚注）",
        copied="已复制。",
        follow_ups="继续提问",
        whole_answer="整个回答",
        opinion_about="意见针对",
        history="以往对话",
        history_is="仅在此浏览器中可见。",
        history_of_account="仅在您的账户中可见。",
        search_history="查找对话",
        this_conversation="当前对话：保存、删除",
        rename="重命名",
        remove="删除",
        take_back="撤销删除",
        open_document="打开文件",
        document_answered="由此文件回答的我的问题",
        how_read="读取方式",
        in_short="三句话概括",
        outline="目录",
        outline_cut="仅显示前 {} 个标题。",
        tables="{}个表格",
        no_recognition="未用文字识别（OCR）",
        document_title="标题",
        document_date="日期（2024、2024-07、2024-07-30）",
        correct="更正",
        correct_is="文件本身不变。更正的内容用于引用和检索，重新读取文件后仍保留。",
        save="保存",
        as_read="恢复为读取的内容",
        was_read="读取的内容：{}",
        nothing_read="无",
        corrected="已更正。",
        taken_back="已恢复为读取的内容。",
        title_needed="请填写标题。",
        too_long="最多 {} 个字符。",
        to_sources="返回依据",
        document_text="正文",
        document_gone="该文件已不在索引中。",
        read_by="由{}读取",
        sentences_cut="仅显示前 {} 句。",
        kinds={
            "sentence": "句子",
            "heading": "标题",
            "item": "条目",
            "row": "表格行",
            "caption": "图表名称",
            "note": "注释",
        },
        take_out="删除文件",
        upload_folder="上传文件夹",
        add_files="上传文件",
        drop_here="松开即可上传文件",
        waits="等待中",
        is_read="读取中…",
        has_been_read="已读取",
        timeline="按日期和机构查看文件",
        others="其他机构",
        unnamed="机构不详",
        settings_tab="设置",
        answerer="作答方式",
        answerer_is="extractive 不用模型，直接给出文件中的原句。",
        excerpts="回答长度（摘录）",
        excerpts_is="不用模型作答时最多显示的摘录数。",
        passages_read="阅读的段落数",
        passages_read_is="越多涉及的文件越多，但更慢。",
        gate="拒答标准",
        gate_is="答案概率低于此值则不作答；越高越谨慎。",
        usual_settings="恢复默认值",
        state_documents="文件",
        state_encoder="嵌入模型",
        state_answerer="可用的作答方式",
        state_index="索引文件夹",
        state_outside="使用 extractive 或 local 作答时，本服务器不向外发送任何内容。",
        evals_tab="评测",
        evals_are="用已知答案的问题检验回答是否仍然正确。",
        gold_file="题目文件",
        run_evals="运行评测",
        no_runs="尚未运行评测。",
        log_out="退出登录",
        log_in="登录",
        account_name="姓名",
        password="密码",
        login_wrong="姓名或密码不正确。",
        login_too_often="登录尝试过于频繁，请稍后再试。",
        log_in_elsewhere="使用组织账户登录",
        login_failed_elsewhere="登录未完成，请重新登录。",
        not_allowed="此账户无权执行该操作，请联系管理员。",
    ),
    "en": Strings(
        motto="Answers from your documents, with the source of every sentence.",
        conversation="Conversation",
        empty_talk="Ask about the documents. Every sentence of an answer carries its quote, and "
        "what the documents do not say is not answered.",
        searching="Searching…",
        sources="Sources",
        ask_tab="Ask",
        sources_while_writing="Found so far (the answer is being written)",
        sources_of_refusal="Nearest passages (not an answer)",
        sources_empty="The sources of an answer appear here.",
        nothing_indexed="No documents are indexed. Upload some under Documents.",
        unread_files="Files that could not be searched (not indexed): {}",
        failed="could not be read",
        skipped="left out",
        added="added",
        updated="updated",
        unchanged="unchanged",
        removed="removed",
        not_read="not read of it: {}",
        documents_tab="Documents",
        documents_empty="No documents yet. Upload files below and ask at once.",
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
        elsewhere="Documents outside the search answer it: {}",
        scope_is="Within: {}",
        scope_all="Search all documents",
        scope_more="Dates, types, organisations",
        find_document="Find a document",
        collection_is="{} documents, {}",
        newest_is="The newest: {}",
        undated="undated",
        since="From (2024, 2024-07, 2024-07-30)",
        until="Until",
        types="Type",
        organisations="Organisation",
        chosen_documents="Documents",
        source_number="Source {}",
        checked="Compared with its source (numbers, dates, names, negation, content)",
        examples="Questions to start with",
        upload="Upload documents (HWP, PDF, Word, Excel, PowerPoint, web pages, mail, ZIP)",
        uploaded="Result",
        opinion="Comment",
        opinion_here="A comment on this answer (optional)",
        good="Right",
        bad="Wrong",
        send="Send",
        cancel="Cancel",
        thanks="Saved on this server, and nowhere else.",
        ask_first="Ask a question first.",
        type_a_question="Type a question.",
        question_too_long="A question may have {} characters.",
        too_many_files="{} files at a time are the most.",
        not_a_document="not a name of a document",
        uploads_full="The uploads would exceed {} GB. Take out what is not needed.",
        not_a_date="Dates are written 2024, 2024-07 or 2024-07-30, not {}",
        share="Copy link to question",
        new="New conversation",
        menu="Show or hide documents and conversations",
        close="Close",
        before="Source before",
        next="Next source",
        nearest="Show the nearest passages",
        actions="What to do with this answer",
        language="Language of the page",
        in_line="{} questions are before yours. Waiting…",
        page_picture="Show the page",
        retry="Ask again",
        edit="Edit question",
        copy="Copy answer",
        copy_markdown="Copy with footnotes",
        copied="Copied.",
        follow_ups="Ask next",
        whole_answer="Whole answer",
        opinion_about="About",
        history="Earlier conversations",
        history_is="Seen in this browser only.",
        history_of_account="Seen by your account only.",
        search_history="Find a conversation",
        this_conversation="This conversation: save, delete",
        rename="Rename",
        remove="Delete",
        take_back="Take the deletion back",
        open_document="Open a document",
        document_answered="My questions that it answered",
        how_read="How it was read",
        in_short="In three sentences",
        outline="Contents",
        outline_cut="Only the first {} headings are shown.",
        tables="{} tables",
        no_recognition="read without OCR",
        document_title="Title",
        document_date="Date (2024, 2024-07, 2024-07-30)",
        correct="Correct",
        correct_is="The file stays as it is. Citations and filters go by what is corrected here, "
        "and it stays when the file is read again.",
        save="Save",
        as_read="As read",
        was_read="Read: {}",
        nothing_read="nothing",
        corrected="Corrected.",
        taken_back="As it was read again.",
        title_needed="A title is needed.",
        too_long="{} characters are the most.",
        to_sources="Back to the sources",
        document_text="Text",
        document_gone="This document is no longer indexed.",
        read_by="Read by {}",
        sentences_cut="Only the first {} sentences are shown.",
        kinds={
            "sentence": "sentence",
            "heading": "heading",
            "item": "item",
            "row": "row",
            "caption": "caption",
            "note": "note",
        },
        take_out="Delete the document",
        upload_folder="Upload a folder",
        add_files="Add documents",
        drop_here="Drop to add documents",
        waits="waiting",
        is_read="being read…",
        has_been_read="read",
        timeline="Documents by date and organisation",
        others="Others",
        unnamed="Not named",
        settings_tab="Settings",
        answerer="Who answers",
        answerer_is="extractive shows the documents' own sentences, without a model.",
        excerpts="Length of an answer (excerpts)",
        excerpts_is="The most excerpts of an answer without a model.",
        passages_read="Passages to read",
        passages_read_is="More of them reach further documents and take longer.",
        gate="Gate",
        gate_is="Below this probability nothing is answered; higher is more careful.",
        usual_settings="Restore defaults",
        state_documents="Documents",
        state_encoder="Encoder",
        state_answerer="Answerers",
        state_index="Index",
        state_outside="With extractive and local this server sends nothing to the outside.",
        evals_tab="Evals",
        evals_are="Asks every question whose answer is known: are the answers still right?",
        gold_file="Gold file",
        run_evals="Run",
        no_runs="No runs yet.",
        log_out="Log out",
        log_in="Log in",
        account_name="Name",
        password="Password",
        login_wrong="The name or the password is not right.",
        login_too_often="Too many attempts to log in. Try again in a while.",
        log_in_elsewhere="Log in with your organisation",
        login_failed_elsewhere="The login was not finished. Begin again.",
        not_allowed="Your account may not do this. Ask an administrator.",
    ),
}

PAGE_TITLE = "근거 Geungeo"
HEAD = (
    '<button id="menu" type="button" aria-controls="side" aria-label="{menu}">☰</button>'
    "<div><h1>근거 <small>Geungeo</small></h1><p>{motto}</p></div>"
    '<span id="labels" data-language="{language}" data-open="{open}" data-rename="{rename}"'
    ' data-drop="{drop}" hidden></span>'
)
LOG_OUT = (
    '<form id="log-out" method="post" action="logout"><span>{name}</span> '
    '<button type="submit">{log_out}</button></form>'
)
# Before a language is chosen.
QUESTION = "질문 · 问题 · Question"
ASK_HERE = "질문을 입력하세요  ·  请输入问题  ·  Ask a question"

ABOUT_DOCUMENT: dict[Language, str] = {
    "ko": "‘{title}’의 주요 내용은 무엇인가요?",
    "zh": "《{title}》的主要内容是什么？",
    "en": "What does “{title}” say?",
}
ABOUT_SECTION: dict[Language, str] = {
    "ko": "‘{title}’에서 ‘{heading}’의 내용은 무엇인가요?",
    "zh": "《{title}》中“{heading}”讲了什么？",
    "en": "What does “{title}” say about “{heading}”?",
}
