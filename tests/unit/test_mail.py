from email.message import EmailMessage

import pytest

from geungeo.ingest.formats import LoadError, read


def mail(text: str = "", subject: str = "물길 회의") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "윤나루 <y@example.org>"
    message["Date"] = "Mon, 06 May 2030 10:00:00 +0900"
    if text:
        message.set_content(text)
    return message


def test_html_is_read_before_plain_text_and_the_head_is_given() -> None:
    message = mail("표는 붙임과 같다.")
    message.add_alternative("<h2>값</h2><p>굴은 천 원이다.</p>", "html")
    found = read(bytes(message), "a.eml")
    assert [(b.kind, b.text) for b in found.blocks] == [
        ("heading", "값"),
        ("paragraph", "굴은 천 원이다."),
    ]
    assert found.given == {"title": "물길 회의", "date": "2030-05-06", "author": "윤나루"}


def test_quoted_text_is_kept_without_its_marks() -> None:
    message = mail("동의합니다.\n\n> 물길은 내년에 내기로 합니다.\n>> 언제입니까?\n")
    assert [b.text for b in read(bytes(message), "a.eml").blocks] == [
        "동의합니다.",
        "물길은 내년에 내기로 합니다.",
        "언제입니까?",
    ]


def test_attached_mails_and_files_are_members_and_shown_text_is_body() -> None:
    message = mail("본문입니다.")
    message.add_attachment(mail("안에 든 글입니다.", "지난 회의"))
    message.add_attachment("이름,값\n굴,1\n", "csv", filename="값.csv")
    message.add_attachment("덧붙인 글입니다.", disposition="inline")
    found = read(bytes(message), "a.eml")
    assert [b.text for b in found.blocks] == ["본문입니다.", "덧붙인 글입니다."]
    assert [member.name for member in found.members] == ["지난 회의.eml", "값.csv"]
    inner = read(found.members[0].data, found.members[0].name)
    assert inner.blocks[0].text == "안에 든 글입니다."


@pytest.mark.parametrize("charset", ["euc-kr", "ks_c_5601-1987"])
def test_the_encoding_that_a_mail_names(charset: str) -> None:
    head = f"From: a@x.org\nSubject: a\nContent-Type: text/plain; charset={charset}\n\n"
    data = head.encode() + "짧은 글".encode("euc-kr")
    assert read(data, "a.eml").blocks[0].text == "짧은 글"


def test_an_empty_mail_is_said() -> None:
    with pytest.raises(LoadError, match="no text"):
        read(b"From: a@x.org\nSubject: b\n\n", "a.eml")
