"""A question without what people say around it."""

import pytest

from geungeo.rag.question.courtesy import bare


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("안녕하세요! 질문이 하나 있습니다. 포럼은 언제죠? 감사합니다.", "포럼은 언제죠?"),
        ("수고하십니다. 여쭤볼 게 있어요, 사무국은 언제 생겼나요?", "사무국은 언제 생겼나요?"),
        ("혹시 좌석은 몇 석인가요?", "좌석은 몇 석인가요?"),
        ("你好，我想问一下，论坛在哪里举行？", "论坛在哪里举行？"),
        ("麻烦您，请问北京市长是谁？谢谢！", "北京市长是谁？"),
        ("Good morning! Could you please tell me who the mayor is?", "who the mayor is?"),
        ("Hello, I have a question: how many are there? Thank you!", "how many are there?"),
        ("I'd like to know when the forum opens", "when the forum opens"),
        ("I was just wondering who the mayor is", "who the mayor is"),
        ("你好，你能告诉我论坛在哪里举行？", "论坛在哪里举行？"),
        ("请问可以告诉我论坛在哪里举行？", "论坛在哪里举行？"),
        ("我想知道论坛在哪里举行？", "论坛在哪里举行？"),
    ],
)  # fmt: skip
def test_courtesies_are_no_part_of_a_question(said: str, asked: str) -> None:
    assert bare(said) == asked


@pytest.mark.parametrize(
    "asked",
    [
        "안녕하세요",
        "질문지에는 몇 문항이 있었나요?",
        "문의 전화번호는?",
        "Who said hello to the mayor?",
        "回答问题的人是谁？",
        "请柬是谁写的？",
        "这项功能告诉我们什么？",
        "Xi was wondering about what?",
    ],
)
def test_what_is_asked_stays(asked: str) -> None:
    assert bare(asked) == asked
