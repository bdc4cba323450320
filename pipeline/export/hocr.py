"""A reading as hOCR 1.2 (Breuel, "The hOCR Microformat for OCR Workflow and Results", 2007), in valid XHTML.

Boxes are in pixels of a page at 300 dots per inch, whatever the picture's own resolution; `scan_res` says so.
"""

from __future__ import annotations

from lxml import etree

from pipeline import __version__
from pipeline.export.placedwords import PlacedWord
from pipeline.export.textblocks import PlacedLine, TextBlock, text_blocks
from pipeline.export.xmltext import xml_text
from pipeline.models import Box, Page, Reading

NAMESPACE = "http://www.w3.org/1999/xhtml"

_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
_DPI = 300
_PER_POINT = _DPI / 72
_LANGUAGE = "vi"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_META = {
    "ocr-system": f"doisoat {__version__}",
    "ocr-capabilities": "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf",
    "ocr-langs": _LANGUAGE,
}


def hocr(reading: Reading) -> bytes:
    """Return the reading as an hOCR file in UTF-8; the same reading always gives the same bytes.

    A page that could not be opened has no size and is left out; `ppageno` counts it.
    """
    root = etree.Element(f"{{{NAMESPACE}}}html", {_XML_LANGUAGE: _LANGUAGE, "lang": _LANGUAGE}, nsmap={None: NAMESPACE})
    head = _add(root, "head")
    _add(head, "title").text = xml_text(reading.document)
    _add(head, "meta", {"http-equiv": "Content-Type", "content": "text/html;charset=utf-8"})
    for name, value in _META.items():
        _add(head, "meta", {"name": name, "content": value})
    body = _add(root, "body")
    pages = [page for page in reading.pages if page.width and page.height]
    for page in pages:
        _write_page(body, page, reading.document)
    _add(head, "meta", {"name": "ocr-number-of-pages", "content": str(len(pages))})
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True, doctype=_DOCTYPE)
    return content


def _write_page(body: etree._Element, page: Page, document: str) -> None:
    sheet = Box(x0=0, y0=0, x1=page.width, y1=page.height)
    image = xml_text(document).replace("\\", "/").replace('"', "'")
    title = f'image "{image}"; {_bbox(sheet)}; ppageno {page.number - 1}; scan_res {_DPI} {_DPI}'
    element = _titled(body, "div", "ocr_page", f"page_{page.number}", title)
    for at, block in enumerate(text_blocks(page), 1):
        _write_block(element, block, f"{page.number}_{at}")


def _write_block(page: etree._Element, block: TextBlock, number: str) -> None:
    area = _titled(page, "div", "ocr_carea", f"block_{number}", _bbox(block.box))
    paragraph = _titled(area, "p", "ocr_par", f"par_{number}", _bbox(block.box))
    for at, line in enumerate(block.lines, 1):
        _write_line(paragraph, line, f"{number}_{at}")


def _write_line(paragraph: etree._Element, line: PlacedLine, number: str) -> None:
    element = _titled(paragraph, "span", "ocr_line", f"line_{number}", _bbox(line.box))
    for at, word in enumerate(line.words, 1):
        _write_word(element, word, f"word_{number}_{at}")


def _write_word(line: etree._Element, word: PlacedWord, name: str) -> None:
    sure = "" if word.confidence is None else f"; x_wconf {round(100 * word.confidence)}"
    _titled(line, "span", "ocrx_word", name, _bbox(word.box) + sure).text = xml_text(word.text)


def _bbox(box: Box) -> str:
    return "bbox " + " ".join(str(max(0, round(edge * _PER_POINT))) for edge in (box.x0, box.y0, box.x1, box.y1))


def _titled(parent: etree._Element, tag: str, kind: str, name: str, title: str) -> etree._Element:
    return _add(parent, tag, {"class": kind, "id": name, "title": title})


def _add(parent: etree._Element, tag: str, attributes: dict[str, str] | None = None) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes or {})
