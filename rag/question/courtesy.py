"""What people say around a question, and is no part of it: greetings, thanks, "could you tell me"."""

from __future__ import annotations

import re

_AROUND = re.compile(
    # Korean
    r"(?:^|(?<=[.!?~,]\s))(?:안녕(?:하세요|하십니까|히 계세요)?|반갑습니다|수고(?:하십니다|하세요|많으십니다)|감사합니다|고맙습니다)[\s.,!~?]*"
    r"|(?:궁금한|여쭤볼|여쭐|물어볼|질문할|알고 싶은)\s?(?:게|것이|것|점이|내용이)\s?(?:하나\s)?(?:있\S*|생\S*)[\s.,!~]*"
    r"|(?:질문|문의)\s?(?:이|가|을|를|하나|좀|이 하나|하나만)*\s?(?:있\S*|드\S*|할게요|합니다|하겠습니다)[\s.,!~]*"
    r"|(?:^|(?<=\s))(?:혹시|실례지만|죄송한데요?|죄송하지만|저기요)[\s,]+"
    # Chinese
    r"|(?:您好|你好|大家好|早上好|下午好|晚上好|打扰(?:一下|了)|麻烦(?:您|你)?(?:了|一下)?|谢谢(?:您|你)?)[\s,，.。!！~]*"
    r"|(?:^|(?<=[,，。.!！~\s]))(?:我?[想要](?:请问|请教|问)|请问|请教)(?:您|你|大家)?(?:一下|一个问题|个问题)?[\s,，:：]*(?=\S)"
    r"|(?:有人)?(?:能|可以|能不能|可不可以)(?:请)?(?:您|你)?告诉我(?:一下)?[\s,，]*|我想知道[\s,，]*"
    # English
    r"|(?:^|(?<=[.!?,]\s))(?:hi|hello|hey|good (?:morning|afternoon|evening)|dear \w+)(?:\s(?:there|all|everyone|team))?[\s,.!:-]+"
    r"|(?:just )?(?:a|one|another) (?:quick|short|small) (?:one|question)[\s,.:!-]+"
    r"|(?:i have|i['’]ve got|i had) (?:a|one|another) (?:\w+ )?question[\s,.:!-]+"
    r"|(?:could|can|would|will) (?:you|someone|anyone) (?:please |kindly )?(?:tell|let) me (?:know )?(?:please )?(?=\w)"
    r"|(?:i(?:['’]d| would) like to|i want to|i need to) (?:know|ask|find out)[\s,]+(?=\w)"
    r"|(?:i was|i['’]m|i am) (?:just )?wondering[\s,]+(?=\w)|\bplease\b[\s,]*(?!tell)"
    r"|(?:many )?(?:thanks|thank you)(?: so much| very much| a lot| in advance)?[\s.!,]*$",
    re.IGNORECASE,
)


def bare(question: str) -> str:
    """A question without what is said around it; as it is where nothing else would remain."""
    rest = _AROUND.sub("", question).strip(" ,，.!~")
    return rest if any(map(str.isalnum, rest)) else question
