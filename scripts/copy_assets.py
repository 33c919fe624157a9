"""Which published styles, scripts and fonts do the pages use? Copied from node_modules, without what isn't ours to use.

Run after `npm ci`. The GDS Transport typeface, the crown and the crest belong to GOV.UK alone: font faces are
dropped, the typeface becomes Arial or Helvetica, and no picture that bears either is copied.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "pathway" / "web" / "static" / "vendor"

GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
STYLES = (GOVUK / "govuk-frontend.min.css", MOJ / "moj-frontend.min.css")
SCRIPTS = (GOVUK / "govuk-frontend.min.js", MOJ / "moj-frontend.min.js")
PICTURES = MOJ / "assets" / "images"
DEJAVU = MODULES / "dejavu-fonts-ttf"
FONTS = (DEJAVU / "ttf" / "DejaVuSans.ttf", DEJAVU / "ttf" / "DejaVuSans-Bold.ttf", DEJAVU / "LICENSE")
"""What papers are set in: free, and with the letters of most names that are spoken here."""


FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
TYPEFACE = re.compile(r"""["']?GDS Transport["']?\s*,\s*arial""", re.IGNORECASE)
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*)")
NOT_OURS = re.compile(r"[a-z-]+:url\([^)]*(?:crest|crown)[^)]*\)[^;}]*;?")


def main() -> int:
    if not all(one.is_dir() for one in (GOVUK, MOJ, DEJAVU)):
        sys.stderr.write("The published parts aren't here yet. Run 'npm ci' first, then this again.\n")
        return 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "images").mkdir(parents=True)
    for style in STYLES:
        (VENDOR / style.name).write_text(cleaned(style.read_text(encoding="utf-8")), encoding="utf-8")
    for script in SCRIPTS:
        text = SOURCE_MAP.sub("", script.read_text(encoding="utf-8"))
        (VENDOR / script.name).write_text(text, encoding="utf-8")
    for picture in sorted(PICTURES.glob("icon-*.svg")):
        shutil.copy(picture, VENDOR / "images" / picture.name)
    (VENDOR / "fonts").mkdir()
    for font in FONTS:
        shutil.copy(font, VENDOR / "fonts" / font.name)
    return 0


def cleaned(css: str) -> str:
    """The style sheet without font files, the typeface, crest or crown."""
    without = NOT_OURS.sub("", FONT_FACE.sub("", SOURCE_MAP.sub("", css)))
    return TYPEFACE.sub("Arial,Helvetica", without)


if __name__ == "__main__":
    sys.exit(main())
