"""A file of the autumn's contacts: checked, the good ones taken in, one put right and sent again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from spreadsheets import line, xlsx

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def send(page: Page, content: bytes) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.goto("/contacts/import")
    page.get_by_label("The file").set_input_files({"name": "autumn.xlsx", "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="Check it").click()


def test_a_spreadsheet_is_checked_taken_in_and_put_right(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("robin")
    send(page, b"nothing of ours")
    expect(page.get_by_role("alert")).to_contain_text("no headings that we know")
    seen("spreadsheet-refused")
    rows = [line(number) for number in range(4)]
    rows += [line(4, born_on="12/25/2019", safe_tonight="maybe"), line(5, danger="yes"), line(6, worry=None)]
    rows.append(line(3, worry="Other words under the same reference."))
    send(page, xlsx(rows))
    expect(page.locator("#counts")).to_contain_text("5 can come in. 3 can’t.")
    seen("spreadsheet-checked")
    page.get_by_role("button", name="Take in the 5 good ones").click()
    expect(page.get_by_text("5 contacts are in")).to_be_visible()
    seen("spreadsheet-taken-in")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download these rows").click()
    assert waiting.value.suggested_filename == "To put right, autumn.xlsx"
    send(page, xlsx([line(4), line(1)]))
    expect(page.locator("#counts")).to_contain_text("1 can come in. 0 can’t. 1 is in already.")
