"""Small documents of our own for the tests of the input: digital, scanned, and scanned with a layer underneath."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.fonts import Face, families
from pipeline.models import Reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.settings import Settings

REPORT = (
    "BÁO CÁO",
    "Kết quả trồng rừng và bảo vệ bờ biển năm 2024",
    "Trong năm, huyện đã trồng được 1.250 héc ta rừng ngập mặn, đạt 96,15% kế hoạch,",
    "tăng 140 héc ta so với cùng kỳ. Trong đó, xã Bình Hải trồng 730 héc ta, xã Long Sơn",
    "trồng 520 héc ta. Các hộ dân nhận khoán đã được cấp giấy chứng nhận đúng thời hạn,",
    "không có trường hợp khiếu nại. Lực lượng kiểm lâm phối hợp với dân quân tuần tra",
    "thường xuyên, phát hiện và xử lý 12 vụ vi phạm, thu hồi 45 mét khối gỗ trái phép.",
    "Ủy ban nhân dân huyện đề nghị các phòng, ban tiếp tục theo dõi, đôn đốc thực hiện,",
    "báo cáo trước ngày 15 tháng 12 để tổng hợp trình Hội đồng nhân dân xem xét.",
)

GARBLED = (
    "BAO CAO",
    "Két qua tréng rimg va bao vé bd bién nim 2024",
    "Trong nam, huyén da tréng duoc 1.250 héc ta ring ngdp man, dat 96,15% ké hoach,",
    "ting 140 héc ta so véi cing ky. Trong d6, x4 Binh Hai trng 730 héc ta, x4 Long Son",
    "trdng 520 héc ta. C4c hd din nhdn khodn d4 dugc cép gidy chimg nhdn dting thdi han,",
    "khéng cé trudng hop khiéu nai. Lyc lugng kiém lam phéi hgp véi dén quin tuan tra",
    "thudng xuyén, phat hién va xit ly 12 vy vi pham, thu hdi 45 mét khéi gd trai phép.",
    "Uy ban nhan dan huyén dé nghi cac phong, ban tiép tuc theo d6i, d6n déc thyc hién,",
    "béo céo trudc ngay 15 thang 12 dé tdng hgp trinh H6i déng nhan din xem xét.",
)

LEFT, TOP, SIZE, LEADING = 62.0, 780.0, 13.0, 20.0


def font(face: Face = Face.REGULAR) -> str:
    return families()[0].font(face)


def digital_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Real text in an embedded font."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for lines in pages:
        _write(canvas, lines, mode=0)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def page_image(lines: Sequence[str], dpi: int = 200) -> Image.Image:
    """What a scanner sees of the printed page."""
    document = pypdfium2.PdfDocument(digital_pdf([lines]))
    image: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil().copy()
    document.close()
    return image


def scanned_pdf(pages: Sequence[Sequence[str]], layer: Sequence[str] = (), over: Sequence[str] = ()) -> bytes:
    """A scan; `layer` lies invisibly under it, as OCR programs put it, `over` is typed visibly over it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for lines in pages:
        canvas.drawImage(ImageReader(page_image(lines)), 0, 0, *A4)
        _write(canvas, layer, mode=3)
        _write(canvas, over, mode=0)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _write(canvas: Canvas, lines: Sequence[str], mode: int) -> None:
    text = canvas.beginText(LEFT, TOP)
    text.setTextRenderMode(mode)
    text.setFont(font(), SIZE, LEADING)
    for line in lines:
        text.textLine(line)
    canvas.drawText(text)


def read_bytes(folder: Path, name: str, content: bytes, settings: Settings | None = None) -> Reading:
    """Put `content` into a file and read it."""
    path = folder / name
    path.write_bytes(content)
    return read(IncomingFile(name, path), settings or Settings())


def text_of(reading: Reading) -> str:
    """All lines of a reading."""
    return "\n".join(line.text for page in reading.pages for line in page.lines)
