"""Where do templates, styles and scripts lie? Found the same way in a checkout and in an installed wheel."""

from importlib.resources import files
from pathlib import Path

HERE = Path(str(files("pathway.web")))
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"
VENDOR = STATIC / "vendor"
