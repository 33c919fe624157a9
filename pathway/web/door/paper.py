"""How does a page get onto paper? As a PDF, set in a font that has the letters of most names, with a foot on each."""

from collections.abc import Iterable
from functools import partial

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from pathway.web.door.places import VENDOR

FONTS = VENDOR / "fonts"
FACE = "DejaVu"
LARGE, BODY, SMALL = 18, 11, 8
MARGIN = 20


class Paper(FPDF):
    """A4, upright, every page numbered above its foot."""

    def __init__(self, foot: str) -> None:
        super().__init__()
        self.foot = foot
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=2 * MARGIN)
        self.add_font(FACE, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FACE, "B", FONTS / "DejaVuSans-Bold.ttf")

    def footer(self) -> None:
        self.set_y(-MARGIN)
        self.set_font(FACE, "", SMALL)
        self.multi_cell(0, 4, f"{self.foot} · page {self.page_no()}", align="L")


def paper(title: str, parts: Iterable[tuple[str, str]], foot: str, *, size: int = BODY) -> bytes:
    """A title, then each part under its own heading; `foot` stands on every page, `size` is the body's in points."""
    sheet = Paper(foot)
    sheet.set_title(title)
    sheet.set_lang("en-GB")
    sheet.add_page()
    line = partial(sheet.multi_cell, 0, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    sheet.set_font(FACE, "B", LARGE)
    line(h=10, text=title)
    for heading, words in parts:
        sheet.ln(3)
        sheet.set_font(FACE, "B", size)
        line(h=size * 0.55, text=heading)
        sheet.set_font(FACE, "", size)
        if words:
            line(h=size * 0.55, text=words)
    return bytes(sheet.output())
