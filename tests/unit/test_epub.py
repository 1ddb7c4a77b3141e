import io
import zipfile

import pytest

from geungeo.ingest.formats import LoadError, detect, read

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="O/b.opf"/></rootfiles></container>'
)
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>등대 일지</dc:title>
<dc:creator>한바다</dc:creator><dc:date>2030-04-05T00:00:00Z</dc:date></metadata><manifest>
<item id="n" href="nav.xhtml" properties="nav"/><item id="two" href="t/2%20b.xhtml"/>
<item id="one" href="1.xhtml"/><item id="gone" href="gone.xhtml"/></manifest>
<spine><itemref idref="n"/><itemref idref="two"/><itemref idref="gone"/><itemref idref="one"/>
</spine></package>"""


def chapter(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


def book(**more: str) -> bytes:
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "O/b.opf": OPF,
        "O/nav.xhtml": chapter("<nav>차례</nav>"),
        "O/t/2 b.xhtml": chapter('<h1>첫째<a id="x"/></h1><p>불을&nbsp;켰다.</p>'),
        "O/1.xhtml": chapter(
            '<p>배가 왔다.<a epub:type="noteref" href="#n">1</a></p>'
            '<aside epub:type="footnote" id="n"><p>1 고깃배다.</p></aside>'
        ),
        **more,
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    assert detect(book(), ".zip") == "epub"
    found = read(book(), "a.epub")
    assert [(b.page, b.kind, " ".join(b.text.split())) for b in found.blocks] == [
        (1, "heading", "첫째"),
        (1, "paragraph", "불을 켰다."),
        (3, "paragraph", "배가 왔다.1"),
        (3, "note", "1 고깃배다."),
    ]
    assert found.pages == 3
    assert found.given == {"title": "등대 일지", "author": "한바다", "date": "2030-04-05"}
    assert found.notes == ("1 part missing in the file",)


def test_what_is_locked_or_damaged_is_said() -> None:
    lock = '<e><CipherReference URI="O/1.xhtml"/></e>'
    with pytest.raises(LoadError, match="protected"):
        read(book(**{"META-INF/encryption.xml": lock}), "a.epub")
    with pytest.raises(LoadError, match="damaged"):
        read(book(**{"O/b.opf": ""}), "a.epub")
