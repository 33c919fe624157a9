"""A family is helped by three agencies: they agree, meet, each takes something on, and it is looked at again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pressing import reach

SignIn = Callable[[str], Page]
Seen = Callable[[str], None]


def record_of(page: Page, child: str, stage: str) -> None:
    """The open record of a child, at a stage of the board."""
    page.goto(f"/board?stage={stage}")
    page.locator("tr", has_text=child).first.locator("a.pathway-reference").click()


def typed_day(page: Page, question: str, day: str, month: str, year: str) -> None:
    asked = page.get_by_role("group", name=question)
    for part, said in (("Day", day), ("Month", month), ("Year", year)):
        asked.get_by_label(part).fill(said)


def test_a_father_agrees_before_anybody_assesses(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("sam")
    record_of(page, "Fennel", "early_help")
    expect(page.get_by_text("Nobody in the family has agreed to this help yet.").first).to_be_visible()
    page.get_by_role("button", name="Record what somebody agreed to").first.click()
    page.get_by_role("group", name="Whose agreement is it?").get_by_label("Rowan").check()
    page.get_by_role("group", name="What for?").get_by_label("Help for the family").check()
    page.get_by_label("What exactly?").fill("Somebody who shows him what a two-year-old can do")
    page.get_by_role("group", name="What did they say?").get_by_label("Agreed").check()
    page.get_by_role("main").get_by_role("button").last.click()
    page.get_by_role("button", name="They have agreed: assess together").click()
    expect(page.get_by_text("Next: Finish the assessment")).to_be_visible()


def test_three_agencies_and_a_grandfather_meet_and_each_does_their_part(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("teacher")
    page.goto("/meetings")
    seen("my-meetings")
    page.locator("tr", has_text="Not answered yet").filter(has_text="Teasel’s home").get_by_role("link").click()
    page.get_by_role("group", name="Can you come?").get_by_label("Is coming").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("whoever arranged it sees your answer")).to_be_visible()

    page = signed_in("sam")
    record_of(page, "Teasel", "meeting")
    page.get_by_role("button", name="Invite somebody").first.click()
    page.get_by_label("Who is invited?").fill("Bryn Visitor, health visitors")
    page.get_by_label("Their account here").select_option(label="Bryn Visitor, Exampleton Health Visiting")
    page.get_by_role("button", name="Invite somebody").click()
    expect(page.locator("#meeting")).to_contain_text("Is coming")
    meeting = page.url.partition("?")[0]
    page.goto(f"{meeting}#meeting")
    seen("a-meeting")

    page = signed_in("visitor")
    page.goto("/meetings")
    page.locator("tr", has_text="Not answered yet").filter(has_text="Teasel’s home").get_by_role("link").click()
    page.get_by_role("group", name="Can you come?").get_by_label("Can’t come").check()
    page.get_by_label("What should those who meet know from you?").fill("I can see him at school on Monday.")
    page.get_by_role("button", name="Answer").click()

    page = signed_in("sam")
    page.goto(meeting)
    expect(page.locator("#meeting")).to_contain_text("I can see him at school on Monday.")
    page.get_by_role("button", name="Say what came of it").click()
    came = page.get_by_role("group", name="Who came?")
    came.get_by_label("Oakley, his grandfather").check()
    came.get_by_label("Wren Teacher").check()
    page.get_by_role("group", name="Who sent apologies?").get_by_label("Bryn Visitor").check()
    page.get_by_label("What did the child and the family say?").fill("“I slept at Nana’s when I had the clock.”")
    page.get_by_label("What was decided?").fill("Oakley brings the clock. School lets him rest.")
    seen("what-came-of-it")
    page.get_by_role("button", name="Say what came of it").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody has said when you meet next.")
    expect(page.get_by_label("What was decided?")).to_have_value("Oakley brings the clock. School lets him rest.")
    typed_day(page, "When do you meet next?", "13", "1", "2027")
    page.get_by_label("At what time?").fill("15.30")
    page.get_by_role("button", name="Say what came of it").click()
    expect(page.get_by_text("Next: Write the minutes for everybody")).to_be_visible()

    page.get_by_role("link", name="add what somebody will do").click()
    page.get_by_label("What will be done?").fill("A quiet half hour after lunch, each day")
    page.get_by_label("Who does it?").fill("Wren Teacher, Exampleton Primary School")
    page.get_by_label("Their account here").select_option(label="Wren Teacher, Exampleton Primary School")
    typed_day(page, "By when?", "14", "12", "2026")
    page.get_by_role("button", name="Add what somebody will do").click()
    page.goto(f"{page.url.partition('?')[0]}#plan")
    seen("a-plan")
    page.goto(meeting)
    reach(page, "Give everybody the minutes")
    page.get_by_role("button", name="Give everybody the minutes").click()
    page.get_by_label("What should everybody who was invited read of it?").fill("The clock, and rest after lunch.")
    page.get_by_label("Who gets it otherwise, and how?").fill("Oakley, on paper")
    page.get_by_role("button", name="Give everybody the minutes").click()
    expect(page.get_by_text("This record has ended.")).to_be_visible()

    page = signed_in("teacher")
    page.goto("/meetings")
    held = page.locator("table", has_text="Held or called off")
    held.locator("tr", has_text="Teasel’s home").first.get_by_role("link").click()
    expect(page.get_by_text("The clock, and rest after lunch.")).to_be_visible()
    page.goto("/actions")
    page.locator("tr", has_text="A quiet half hour").get_by_role("link").click()
    page.get_by_label("It is done").check()
    page.get_by_label("What came of it?").fill("He asks for it himself.")
    page.get_by_role("button", name="Save how it went").click()

    page = signed_in("sam")
    record_of(page, "Teasel", "early_help")
    expect(page.locator("#plan")).to_contain_text("He asks for it himself.")
    page.get_by_role("button", name="Agree the plan").click()
    page.get_by_label("Who agreed it?").fill("Teasel, Oakley, Wren Teacher and Bryn Visitor")
    page.get_by_label("What does the family hope will be different?").fill("“My own bed, and quiet.”")
    page.get_by_label("Who does what, and by when?").fill("As it stands under the plan")
    page.get_by_role("button", name="Agree the plan").click()
    expect(page.get_by_text("Next: Review with the family")).to_be_visible()


def test_one_service_is_asked_and_its_answer_is_recorded(signed_in: SignIn, seen: Seen) -> None:
    page = signed_in("sam")
    page.goto("/services")
    page.locator("main").get_by_role("link", name="Family Hub drop-in").first.click()
    page.get_by_text("Ask them to help a child on a record of mine").click()
    page.get_by_role("link", name="Linden").first.click()
    expect(page.get_by_label("Which service?")).to_have_value("Family Hub drop-in, Exampleton Council")
    page.get_by_role("group", name="Have they agreed").get_by_label("Yes").check()
    page.get_by_label("What do you ask of them, and why?").fill("A quiet place for Linden on Tuesdays?")
    seen("asking-a-service")
    page.get_by_role("button", name="Ask one service").click()
    expect(page.get_by_text("Next: Hear from the service, or ring them")).to_be_visible()
    page.get_by_role("button", name="They accept").click()
    page.get_by_label("Who there takes it up?").fill("The club’s leader, on Tuesdays")
    page.get_by_label("When does it begin?").fill("Next Tuesday")
    page.get_by_role("button", name="They accept").click()
    expect(page.get_by_text("Next: Ask the family how it goes")).to_be_visible()
