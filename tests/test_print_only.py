"""What is only for the screen goes from a PDF, so that it can be PDF/A as it is; how its pages look stays."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.export.print_only import without_screen_effects


def scan(path: Path) -> Path:
    """A page of one picture, with a transition and a font that nothing is set in, as reportlab writes it."""
    picture = Image.effect_noise((300, 400), 40).convert("RGB")
    stream = io.BytesIO()
    picture.save(stream, "JPEG")
    canvas = Canvas(str(path), pagesize=(300, 400))
    canvas.drawImage(ImageReader(io.BytesIO(stream.getvalue())), 0, 0, 300, 400)
    canvas.showPage()
    canvas.save()
    return path


def drawn(path: Path) -> bytes:
    with pypdfium2.PdfDocument(path) as document:
        return bytes(document[0].render().to_numpy())


@pytest.fixture
def freed(tmp_path: Path) -> Path:
    return without_screen_effects(scan(tmp_path / "quet.pdf"), tmp_path / "in.pdf", has_text=False)


def test_transitions_and_unused_fonts_go(freed: Path) -> None:
    with pikepdf.open(freed) as document:
        page = document.pages[0]
        assert "/Trans" not in page.obj
        assert "/Font" not in page.resources


def test_the_page_looks_as_before(freed: Path, tmp_path: Path) -> None:
    assert drawn(freed) == drawn(tmp_path / "quet.pdf")


def test_a_picture_in_letters_is_written_in_bytes(freed: Path, tmp_path: Path) -> None:
    assert freed.stat().st_size < 0.9 * (tmp_path / "quet.pdf").stat().st_size


def test_a_damaged_picture_stays_as_it_came(tmp_path: Path) -> None:
    came = tmp_path / "hong.pdf"
    with pikepdf.new() as document:
        picture = document.make_stream(
            b"!!z!~~",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=1,
            Height=1,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceGray,
            Filter=pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode]),
        )
        page = document.add_blank_page()
        page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Quet=picture))
        document.save(came)
    assert without_screen_effects(came, tmp_path / "in.pdf", has_text=False) == came


def test_fonts_stay_where_text_stands(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "chu.pdf"))
    canvas.drawString(100, 100, "Kính gửi")
    canvas.showPage()
    canvas.save()
    for has_text in (True, False):
        with pikepdf.open(without_screen_effects(tmp_path / "chu.pdf", tmp_path / "in.pdf", has_text)) as document:
            assert "/Font" in document.pages[0].resources


@pytest.mark.parametrize("action", [pikepdf.Array(), pikepdf.Dictionary(S=pikepdf.Name.GoTo)])
def test_the_view_at_opening_goes(tmp_path: Path, action: pikepdf.Object) -> None:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.OpenAction = action
        document.Root.ViewerPreferences = pikepdf.Dictionary(Type=pikepdf.Name.ViewerPreferences, FitWindow=True)
        document.save(tmp_path / "mo.pdf")
    with pikepdf.open(without_screen_effects(tmp_path / "mo.pdf", tmp_path / "in.pdf", has_text=False)) as document:
        assert "/OpenAction" not in document.Root
        assert list(document.Root.ViewerPreferences.keys()) == ["/FitWindow"]


def test_another_action_stays_for_pdf_a_to_refuse(tmp_path: Path) -> None:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.save(tmp_path / "mo.pdf")
    assert without_screen_effects(tmp_path / "mo.pdf", tmp_path / "in.pdf", has_text=False) == tmp_path / "mo.pdf"


def test_a_plain_file_is_not_written_anew(tmp_path: Path) -> None:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(tmp_path / "trang.pdf")
    assert without_screen_effects(tmp_path / "trang.pdf", tmp_path / "in.pdf", has_text=False) == tmp_path / "trang.pdf"
    assert not (tmp_path / "in.pdf").exists()
