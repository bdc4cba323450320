"""A source to the blocks of an official letter: letterhead, title, addressees, body, recipients and signature.

Nghị định 30/2020/NĐ-CP, phụ lục I, for state offices; Hướng dẫn 36-HD/VPTW for offices of the Party.
"""

from __future__ import annotations

from corpus.generator.blocks import Align, Block, Columns, PageBreak, Paragraph
from corpus.generator.source import Head, Source

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
LETTER = "Công văn"
SIGNATURE_SPACE = 74.0


def compose(source: Source) -> list[Block]:
    """Everything that the document prints, in order; an annex after a page break follows the signature."""
    head = source.head
    body = list(source.blocks)
    annex = next((n for n, block in enumerate(body) if isinstance(block, PageBreak)), len(body))
    return [*_opening(head), *body[:annex], _closing(head), *body[annex:]]


def _opening(head: Head) -> list[Block]:
    blocks: list[Block] = [_letterhead(head)]
    if head.type != LETTER:
        blocks.append(Paragraph(head.type.upper(), Align.CENTRE, 14, bold=True, space_after=0))
        blocks.append(Paragraph(head.subject, Align.CENTRE, 14, bold=True, rule=0.22, space_after=10))
    return blocks + _addressees(head)


def date_line(head: Head) -> str:
    """Place and date as they are printed; days below 10 and months 1 and 2 with a nought."""
    year, month, day = head.date.split("-")
    shown = month if int(month) < 3 else str(int(month))
    return f"{head.place}, ngày {day} tháng {shown} năm {year}"


def _letterhead(head: Head) -> Columns:
    centred = Paragraph("", Align.CENTRE, 12, space_after=0)
    number = f"Số {head.number}-{head.symbol}" if head.party else f"Số: {head.number}/{head.symbol}"
    left = [_line(centred, head.parent)] if head.parent else []
    left.append(
        Paragraph(
            head.issuer, Align.CENTRE, 12, bold=True, space_after=0 if head.party else 8, rule=0 if head.party else 0.35
        )
    )
    if head.party:
        left.append(Paragraph(r"\*", Align.CENTRE, 13, space_after=0))
    left.append(Paragraph(number, Align.CENTRE, 13, space_after=0))
    if head.type == LETTER:
        left.append(Paragraph(f"V/v {head.subject}", Align.CENTRE, 12, space_after=0))
    if head.urgency:
        left.append(Paragraph(head.urgency.upper(), Align.CENTRE, 13, bold=True, space_after=0))
    date = Paragraph(date_line(head), Align.CENTRE, 13, italic=True, space_after=0)
    if head.party:
        right = [Paragraph(PARTY, Align.CENTRE, 14, bold=True, rule=0.62, space_after=26), date]
    else:
        right = [
            Paragraph(STATE, Align.CENTRE, 12, bold=True, space_after=0),
            Paragraph(MOTTO, Align.CENTRE, 13, bold=True, rule=0.58, space_after=8),
            date,
        ]
    return Columns(tuple(left), tuple(right), split=0.42, space_after=14)


def _line(style: Paragraph, text: str) -> Paragraph:
    return Paragraph(text, style.align, style.size, space_after=style.space_after)


def _addressees(head: Head) -> list[Block]:
    names = head.items("to")
    if not names:
        return []
    if len(names) == 1:
        return [Paragraph(f"Kính gửi: {names[0]}", Align.CENTRE, 14, space_after=10)]
    lines: list[Block] = [Paragraph("Kính gửi:", Align.LEFT, 14, left_indent=110, space_after=0)]
    for n, name in enumerate(names, 1):
        end = "." if n == len(names) else ";"
        lines.append(
            Paragraph(f"- {name}{end}", Align.LEFT, 14, left_indent=140, space_after=0 if n < len(names) else 10)
        )
    return lines


def _closing(head: Head) -> Columns:
    recipients = [Paragraph("Nơi nhận:", Align.LEFT, 12, bold=True, italic=True, space_after=0)]
    items = head.items("recipients")
    for n, item in enumerate(items, 1):
        end = "." if n == len(items) else ";"
        recipients.append(Paragraph(f"- {item}{end}", Align.LEFT, 11, space_after=0))
    bold = Paragraph("", Align.CENTRE, 14, bold=True, space_after=0)
    signature = [
        Paragraph(text, bold.align, bold.size, bold=True, space_after=0)
        for text in (*head.items("authority"), head.signer_title)
        if text
    ]
    signature.append(Paragraph(head.signer, Align.CENTRE, 14, bold=True, space_after=0))
    last_but_one = signature[-2]
    signature[-2] = Paragraph(last_but_one.text, Align.CENTRE, 14, bold=True, space_after=SIGNATURE_SPACE)
    return Columns(tuple(recipients), tuple(signature), split=0.5, space_after=6, seal=True)
