"""A reading as ALTO 4.4 (Analyzed Layout and Text Object, Library of Congress), for archives and digitisation systems.

Every word stands at its place as a `String` with the repaired text, its confidence (`WC`, 0 to 1) and, where it is
doubtful, what else it may be (`ALTERNATIVE`). Lengths are in 1/1200 inch, from the page's top left corner.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline import __version__
from pipeline.export.placedwords import PlacedWord
from pipeline.export.textblocks import PlacedLine, TextBlock, text_blocks
from pipeline.export.xmltext import xml_text
from pipeline.models import Box, LineRole, Page, Reading

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"

_SCHEMA_VERSION = "4.4"
_UNIT = "inch1200"
_PER_POINT = 1200 / 72
_LANGUAGE = "vi"
_PROCESSING = "doisoat"
_DOUBTFUL = "other reading of a doubtful word"


def alto(reading: Reading) -> bytes:
    """Return the reading as an ALTO file in UTF-8; the same reading always gives the same bytes.

    A page that could not be opened has no size and no blocks.
    """
    root = etree.Element(f"{{{NAMESPACE}}}alto", {"SCHEMAVERSION": _SCHEMA_VERSION}, nsmap={None: NAMESPACE})
    _describe(root, reading)
    pages = [(page, list(text_blocks(page))) for page in reading.pages]
    _tag(root, {block.role for _, blocks in pages for block in blocks})
    layout = _add(root, "Layout")
    for page, blocks in pages:
        _lay_out(layout, page, blocks)
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return content


def _describe(root: etree._Element, reading: Reading) -> None:
    description = _add(root, "Description")
    _add(description, "MeasurementUnit").text = _UNIT
    source = _add(description, "sourceImageInformation")
    _add(source, "fileName").text = xml_text(reading.document)
    _add(source, "fileIdentifier", fileIdentifierLocation="SHA-256").text = reading.digest
    processing = _add(description, "Processing", ID=_PROCESSING)
    _add(processing, "processingCategory").text = "contentGeneration contentModification"
    _add(processing, "processingStepDescription").text = "recognition"
    _add(processing, "processingStepDescription").text = "repair of the Vietnamese"
    software = _add(processing, "processingSoftware")
    _add(software, "softwareName").text = "doisoat"
    _add(software, "softwareVersion").text = __version__


def _tag(root: etree._Element, roles: set[LineRole]) -> None:
    """Declare what blocks may be; body text needs no tag."""
    tagged = sorted(roles - {LineRole.BODY})
    if tagged:
        tags = _add(root, "Tags")
        for role in tagged:
            _add(tags, "StructureTag", ID=_tag_of(role), LABEL=role.value)


def _tag_of(role: LineRole) -> str:
    return f"role-{role.value}"


def _lay_out(layout: etree._Element, page: Page, blocks: Sequence[TextBlock]) -> None:
    sheet = Box(x0=0, y0=0, x1=page.width, y1=page.height)
    number, place = str(page.number), _place(sheet)
    element = _add(layout, "Page", ID=f"page-{number}", PHYSICAL_IMG_NR=number, LANG=_LANGUAGE)
    element.set("PROCESSINGREFS", _PROCESSING)
    if not (page.width and page.height):
        return
    element.set("WIDTH", place["WIDTH"])
    element.set("HEIGHT", place["HEIGHT"])
    space = _add(element, "PrintSpace", **place)
    for at, block in enumerate(blocks, 1):
        _write_block(space, block, f"block-{number}-{at}")


def _write_block(space: etree._Element, block: TextBlock, name: str) -> None:
    element = _add(space, "TextBlock", ID=name, **_place(block.box))
    if block.role is not LineRole.BODY:
        element.set("TAGREFS", _tag_of(block.role))
    for at, line in enumerate(block.lines, 1):
        _write_line(element, line, f"{name}-line-{at}")


def _write_line(block: etree._Element, line: PlacedLine, name: str) -> None:
    element = _add(block, "TextLine", ID=name, **_place(line.box))
    for at, word in enumerate(line.words, 1):
        if at > 1:
            _add(element, "SP")
        _write_word(element, word, f"{name}-word-{at}")


def _write_word(line: etree._Element, word: PlacedWord, name: str) -> None:
    element = _add(line, "String", ID=name, CONTENT=xml_text(word.text), **_place(word.box))
    if word.confidence is not None:
        element.set("WC", f"{word.confidence:.2f}")
    for other in word.others:
        _add(element, "ALTERNATIVE", PURPOSE=_DOUBTFUL).text = xml_text(other)


def _place(box: Box) -> dict[str, str]:
    left, top, right, bottom = (round(edge * _PER_POINT) for edge in (box.x0, box.y0, box.x1, box.y1))
    return {"HPOS": str(left), "VPOS": str(top), "WIDTH": str(right - left), "HEIGHT": str(bottom - top)}


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
