"""Sentences of documents that give orders to whoever answers.

Such text is never obeyed, since nothing here obeys a document, and is not offered as an
answer either; as a part of a passage it can still be read and searched.
"""

from __future__ import annotations

import re

_ORDERS = re.compile(
    # English
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|guidelines|above)\b"
    r"|\b(?:system prompt|developer mode|jailbreak)\b"
    r"|\byou are (?:now|no longer)\b.{0,40}\b(?:assistant|ai|bot|model|chatbot)\b"
    r"|\b(?:respond|reply|answer|output|say) (?:only |exactly )?(?:with|as follows|the following)\b"
    r"|\b(?:do not|don't|never) (?:cite|quote|mention|refuse|answer)\b"
    r"|\b(?:assistant|chatbot|language model|AI)\b.{0,30}\b(?:must|should|shall)\b.{0,30}"
    r"\b(?:say|answer|respond|reply|output|claim|tell)\b"
    # Korean
    r"|(?:이전|앞|위|기존|모든)\S{0,3}\s?(?:지시|명령|지침|프롬프트|규칙)\S{0,4}\s?(?:\S+\s)?(?:무시|잊|따르지)"
    r"|시스템\s?프롬프트|(?:너는|당신은)\s?이제(?:부터)?\s"
    r"|(?:인공지능|챗봇|어시스턴트|AI|언어\s?모델)\S{0,3}\s.{0,30}(?:답하라|답하십시오|답해야|대답하라|말하라|출력하라|출력해)"
    r"|(?:라고|이라고)만?\s?(?:답하라|답하십시오|답하세요|대답하라|대답하세요|출력하라|출력하세요|출력하십시오)"
    # Chinese
    r"|(?:忽略|无视|忘记|忽视|不要理会|忽略掉)[^。]{0,20}(?:指令|指示|提示|规则|要求|命令)"
    r"|系统提示词?|你现在是|从现在(?:开始|起)你"
    r"|(?:助手|机器人|模型|人工智能)[^。]{0,15}(?:必须|应当|应该|只能|请)[^。]{0,10}(?:回答|回复|输出|说)"
    r"|(?:请|只能|必须|一律|直接)(?:只)?(?:回答|回复|输出)[:：“「\"]",
    re.IGNORECASE,
)


def gives_orders(sentence: str) -> bool:
    """Whether a sentence speaks to a machine that answers rather than to a reader."""
    return bool(_ORDERS.search(sentence))
