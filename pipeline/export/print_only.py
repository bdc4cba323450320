"""A PDF without what is only for the screen, so that it can become PDF/A as it is.

OCRmyPDF declares a file PDF/A by itself where the validator that it uses (pikepdf's) knows all that is in it. Else it
has Ghostscript write the whole file anew, which takes half as long as reading a page, or gives PDF/A up. What the
validator does not know is often of no weight: an effect at turning pages, the zoom at which a viewer opens the file, a
font that is named and not used, or another way to write the same. None of it changes how a page looks. And pictures
that were written in letters are written in bytes, as Ghostscript would.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

_EFFECTS = ("/Trans", "/Dur")  # of pages: the transition to the next, and after how many seconds it comes
_DEVICES = (pikepdf.Name.DeviceGray, pikepdf.Name.DeviceRGB)
_LETTERS = (pikepdf.Name.ASCII85Decode, pikepdf.Name.ASCIIHexDecode)  # a quarter, or a half, of such a file is waste
_CHOOSES_FONT = "Tf"
_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_LONGEST_CONTENT = 1_000_000  # bytes; that of a page that is one picture has a hundred


def without_screen_effects(path: Path, target: Path, has_text: bool) -> Path:
    """Return the path of a PDF without such things: `path` itself where there are none, else `target`, written now.

    Args:
        path: The PDF.
        target: Where to write another one.
        has_text: Text of its own, seen or unseen, stands on its pages, so its fonts stay.

    Raises:
        pikepdf.PdfError: The file cannot be read.
        OSError: `target` cannot be written.
    """
    with pikepdf.open(path) as document:
        if document.is_encrypted:
            return path
        is_changed = _freed(document)
        if not has_text and all(_shows_no_text(page) for page in document.pages):
            without_fonts = [_freed_of_fonts(document, page) for page in document.pages]
            is_changed |= any(without_fonts)
        if not is_changed:
            return path
        document.save(target)
    return target


def _freed(document: pikepdf.Pdf) -> bool:
    """Take all of it out; says whether there was any."""
    found = [_freed_opening(document.Root), _freed_preferences(document.Root)]
    found += [_freed_page(document, page) for page in document.pages]
    return any(found)


def _freed_opening(catalogue: pikepdf.Object) -> bool:
    """Take out at which page and zoom the file opens; any other action stays, for PDF/A to refuse."""
    action = catalogue.get("/OpenAction")
    is_view = isinstance(action, pikepdf.Array) or (
        isinstance(action, pikepdf.Dictionary) and action.get("/S") == pikepdf.Name.GoTo
    )
    if is_view:
        del catalogue["/OpenAction"]
    return is_view


def _freed_preferences(catalogue: pikepdf.Object) -> bool:
    """Take out the type of the viewer's preferences, which no standard gives them (ISO 32000-1, table 150)."""
    preferences = catalogue.get("/ViewerPreferences")
    if not (isinstance(preferences, pikepdf.Dictionary) and "/Type" in preferences):
        return False
    del preferences["/Type"]
    return True


def _freed_page(document: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    effects = [key for key in _EFFECTS if key in page.obj]
    for key in effects:
        del page.obj[key]
    pictures = [_plainly_written(document, picture) for picture in _pictures(page)]
    return bool(effects) or any(pictures)


def _pictures(page: pikepdf.Page) -> list[pikepdf.Object]:
    drawn = page.resources.get("/XObject")
    found = drawn.values() if isinstance(drawn, pikepdf.Dictionary) else []
    return [item for item in found if item.get("/Subtype") == pikepdf.Name.Image]


def _plainly_written(document: pikepdf.Pdf, picture: pikepdf.Object) -> bool:
    """Write a picture's colours and bytes in the plain way; says whether they were not."""
    space, filters = picture.get("/ColorSpace"), picture.get("/Filter")
    in_array = isinstance(space, pikepdf.Array) and len(space) == 1 and space[0] in _DEVICES
    if in_array:
        picture["/ColorSpace"] = picture["/ColorSpace"][0]  # the same (ISO 32000-1, 8.6.3)
    if "/DecodeParms" in picture or not isinstance(filters, pikepdf.Array) or len(filters) == 1:
        return in_array
    first, *others = filters.as_list()
    if first not in _LETTERS:
        return in_array
    in_letters = document.make_stream(picture.read_raw_bytes(), Filter=first)
    try:
        in_bytes = in_letters.read_bytes()
    except pikepdf.DataDecodingError:
        return in_array  # a damaged picture stays as it came: viewers show what they can of it
    picture.write(in_bytes, filter=pikepdf.Array(others))
    return True


def _shows_no_text(page: pikepdf.Page) -> bool:
    """Say whether a page is known to show no text: it is short, draws only pictures, and has no operator for text."""
    length = sum(int(part.get("/Length", 0)) for part in _contents(page))
    if length > _LONGEST_CONTENT or page.form_xobjects:
        return False
    return all(str(instruction.operator) not in _SHOWS_TEXT for instruction in pikepdf.parse_content_stream(page))


def _contents(page: pikepdf.Page) -> list[pikepdf.Object]:
    contents = page.obj.get("/Contents", pikepdf.Array())
    return list(contents.as_list()) if isinstance(contents, pikepdf.Array) else [contents]


def _freed_of_fonts(document: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Take the fonts out of a page that shows no text; says whether it named any."""
    drawn = pikepdf.parse_content_stream(page)
    kept = [instruction for instruction in drawn if str(instruction.operator) != _CHOOSES_FONT]
    if len(kept) < len(drawn):
        page.obj["/Contents"] = document.make_stream(pikepdf.unparse_content_stream(kept))
    if "/Font" not in page.resources:
        return len(kept) < len(drawn)
    del page.resources["/Font"]
    return True
