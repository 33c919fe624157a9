import re
from playwright.sync_api import Page
def test_look(signed_in, page):
    out="/tmp/contact_shots"
    import os; os.makedirs(out, exist_ok=True)
    errors=[]
    page.on("console", lambda m: errors.append(m.text) if m.type=="error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    def snap(name):
        for w in (1280,360):
            page.set_viewport_size({"width":w,"height":900})
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name,w)
            page.screenshot(path=f"{out}/{name}-{w}.png", full_page=True)
        page.set_viewport_size({"width":1280,"height":900})
    signed_in("robin")
    page.goto("/contacts/new"); 
    page.get_by_label("First name").first.fill("Tansy")
    page.get_by_role("button", name="Add another child").click()
    page.wait_for_url("**draft=**")
    page.get_by_label("Look for an example").fill("hungry")
    page.wait_for_timeout(1200)
    page.locator("[data-example]:not([hidden]) input").first.check()
    page.wait_for_timeout(300)
    snap("long")
    signed_in("teacher")
    page.goto("/contacts/new"); snap("s1")
    page.get_by_role("group", name="Is the child safe tonight?").get_by_label("Yes").check()
    page.get_by_role("button", name="Continue").last.click()
    page.get_by_label("What is the worry?").fill("Came in crying"); page.get_by_label("How do we ring back?").fill("x")
    for i in range(9):
        snap(f"s{i+2}")
        page.get_by_role("button", name="Continue").last.click()
    snap("s-check")
    page.goto("/drafts"); snap("drafts")
    signed_in("robin")
    page.goto("/board"); href=page.locator("a.pathway-reference").first.get_attribute("href")
    page.goto(href+"/contact"); snap("more")
    print(errors)
