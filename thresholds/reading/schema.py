"""What may stand in the files of an edition? Their JSON Schemas, for editors and for other programs."""

from typing import Any

from thresholds.published.contents import Document
from thresholds.published.forms import Form
from thresholds.reading.source_map import SourceMaps

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"
ABOUT = (
    "It holds an editor to keys, kinds and lengths. What stands between entries, such as a name that stands for "
    "nothing, only `pathway documents check` finds."
)


def document_schema() -> dict[str, Any]:
    """The JSON Schema of a `document.yaml`."""
    about = "What one authority publishes from one day: levels of need, examples, destinations, rules, time limits."
    return _schema(Document.model_json_schema(), "document.yaml", about)


def form_schema() -> dict[str, Any]:
    """The JSON Schema of a form in a file of its own, in `forms/`."""
    about = "One form: what is asked of a family, of whom, and what opens each question."
    return _schema(Form.model_json_schema(), "forms/<id>.yaml", about)


def source_map_schema() -> dict[str, Any]:
    """The JSON Schema of a `source-map.yaml`."""
    about = "Where in its source every entry of the document beside it stands, and what was left out, and why."
    return _schema(SourceMaps.model_json_schema(), "source-map.yaml", about)


def _schema(made: dict[str, Any], name: str, about: str) -> dict[str, Any]:
    head = {"$schema": DIALECT, "title": f"Pathway: {name}", "description": f"{about} {ABOUT}"}
    return head | {key: clock_times(value) for key, value in made.items() if key not in head}


def clock_times(schema: Any) -> Any:
    """A schema whose times are clock times in London, such as 08:30; JSON Schema's own `time` wants a zone."""
    if isinstance(schema, list):
        return [clock_times(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "time":
        return {**{key: value for key, value in schema.items() if key != "format"}, "pattern": CLOCK}
    return {key: clock_times(value) for key, value in schema.items()}
