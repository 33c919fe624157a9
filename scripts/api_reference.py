"""Write docs/reference/api.md anew from the API's own description."""

from pathlib import Path

from pathway.api.reference import reference

Path("docs/reference/api.md").write_text(reference(), encoding="utf-8")
