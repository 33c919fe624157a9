"""Is the page about the API in step with the API?"""

from pathlib import Path

from pathway.api.reference import reference


def test_the_page_about_the_api_says_what_the_api_says() -> None:
    assert Path("docs/reference/api.md").read_text(encoding="utf-8") == reference()
