"""What people have typed into the fields of a PDF form."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium

from geungeo.ingest.formats.pdf.turns import Turn
from geungeo.ingest.layout.page import Segment

_LONGEST = 10_000  # bytes of UTF-16


def forms_of(document: pdfium.PdfDocument) -> pdfium.PdfFormEnv | None:
    """What tells the values of a document's fields, where it has some; before its pages are
    opened."""
    if document.get_formtype() == pdfium.raw.FORMTYPE_NONE:
        return None
    document.init_forms()
    return document.formenv


def form_values(forms: pdfium.PdfFormEnv, page: pdfium.PdfPage, turn: Turn) -> Iterator[Segment]:
    """The values of a page's filled fields in their places."""
    raw = pdfium.raw
    box = raw.FS_RECTF()
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        if not annotation:
            continue
        is_field = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET
        if is_field and raw.FPDFAnnot_GetRect(annotation, box):
            text = " ".join(_value(forms, annotation).split())
            if text and text != "Off":
                yield Segment(*turn.place(box.left, box.bottom, box.right, box.top), text)
        raw.FPDFPage_CloseAnnot(annotation)


def _value(forms: pdfium.PdfFormEnv, annotation: object) -> str:
    """The field's value, which PDFium gives in UTF-16 with a zero at its end."""
    raw = pdfium.raw
    size = raw.FPDFAnnot_GetFormFieldValue(forms.raw, annotation, None, 0)
    if not 2 < size <= _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetFormFieldValue(forms.raw, annotation, buffer, size)
    return bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\0")
