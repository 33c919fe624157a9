"""Every kind of message: what it may carry, and that it says nothing about a child."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import (
    MEDIA,
    NUMBER_NOT_SET,
    SAFE_FIELDS,
    THINGS,
    Unwritable,
    Words,
    check_words,
    kinds,
    moment_in_words,
    read_words,
    render,
    thing,
    write,
)

EVERY_KIND = pytest.mark.parametrize("words", kinds().values(), ids=lambda words: words.kind)

FIELDS = {
    "reference": "K7Q-2041",
    "due": datetime(2026, 11, 24, 16, 10, tzinfo=UTC),
    "link": "https://pathway.example.gov.uk/c/k7q2041",
    "what": "decision",
    "ring": "01632 960001",
    "code": "K7QX-2MDF",
}

PERSONAL = [
    "Sam Hale",
    "Sam",
    "12 Acacia Avenue, NG1 5DT",
    "St Mary's Primary School",
    "Level 4",
    "Mum was hit last night",
    "sam.hale@example.org",
    "https://pathway.example.gov.uk/c?child=Sam",
    "https://pathway.example.gov.uk/c#Sam",
    "https://sam:hale@pathway.example.gov.uk/c",
    "https://pathway.example.gov.uk/c/Sam Hale",
    "http://pathway.example.gov.uk/c/k7q2041",
    "K7Q-2041\nBcc: all@example.org",
    "01632 960001 (Sam)",
    "04 12 2015",
    "2015-04-12",
    "{{ child }}",
    "by 4pm, Sam Hale",
    "",
]


def fields_of(words: Words, **changed: object) -> dict[str, object]:
    return {name: FIELDS[name] for name in words.fields} | changed


def words_file(folder: Path, *, body: str = "{{ reference }}: {{ link }}", **changed: object) -> Path:
    front = {
        "kind": "tried",
        "title": "A trial",
        "audience": "staff",
        "channels": "[email]",
        "fields": "[reference, link]",
        "urgent": "false",
        "subject": '"Look: {{ reference }}"',
    } | changed
    lines = "".join(f"{name}: {value}\n" for name, value in front.items())
    (folder / "tried.md.j2").write_text(f"---\n{lines}---\n{body}\n", "utf-8")
    return folder


def test_the_words_have_no_fault():
    assert check_words() == []


def test_only_these_fields_can_ever_leave():
    """Adding one is a decision about children's safety: make it here as well."""
    assert set(SAFE_FIELDS) == {"reference", "due", "link", "what", "ring", "code"}


@EVERY_KIND
def test_every_kind_renders_with_its_declared_fields(words):
    written = render(words.kind, fields_of(words))
    assert FIELDS["reference"] in written.subject
    assert FIELDS["reference"] in written.body
    assert "{" not in written.subject + written.body


@EVERY_KIND
def test_a_subject_is_one_short_line(words):
    written = write(words, {name: SAFE_FIELDS[name].longest for name in words.fields})
    assert written.subject.isprintable()
    assert len(written.subject) <= 60


@EVERY_KIND
def test_fields_and_media_come_from_the_closed_lists(words):
    assert set(words.fields) <= set(SAFE_FIELDS)
    assert set(words.channels) <= MEDIA


@EVERY_KIND
@pytest.mark.parametrize("name", ["child", "name", "address", "school", "level", "worry", "by", "note"])
def test_no_kind_takes_a_personal_field(words, name):
    with pytest.raises(Unwritable, match=f"may not carry {name}"):
        render(words.kind, fields_of(words, **{name: "x"}))


@EVERY_KIND
def test_a_missing_field_is_refused(words):
    for name in words.fields:
        fields = fields_of(words)
        del fields[name]
        with pytest.raises(Unwritable, match=f"also needs {name}"):
            render(words.kind, fields)


@EVERY_KIND
def test_a_safe_field_the_kind_does_not_declare_is_refused(words):
    for name in set(SAFE_FIELDS) - set(words.fields):
        with pytest.raises(Unwritable, match="may not carry"):
            render(words.kind, fields_of(words, **{name: FIELDS[name]}))


@pytest.mark.parametrize("field", SAFE_FIELDS.values(), ids=lambda field: field.name)
@pytest.mark.parametrize("value", [*PERSONAL, None, 4])
def test_nothing_personal_fits_any_field_and_the_refusal_does_not_repeat_it(field, value):
    with pytest.raises(Unwritable) as refusal:
        field.say(value)
    assert not value or str(value) not in str(refusal.value)


@pytest.mark.parametrize("value", ["0412-2015", "2015-0412", "SAMH-HALE", "K7QX2MDF", "K7QX-2MDF ", "k7qx-2mdf"])
def test_a_code_spells_no_name_and_no_date_of_birth(value):
    with pytest.raises(Unwritable, match="one-time code"):
        SAFE_FIELDS["code"].say(value)


@given(st.sampled_from(sorted(SAFE_FIELDS)), st.text())
def test_no_text_whatever_brings_a_line_break_or_a_template_through(name, text):
    try:
        said = SAFE_FIELDS[name].say(text)
    except Unwritable:
        return
    assert said.isprintable()
    assert not set(said) & set("{}<>")


@EVERY_KIND
def test_the_decision_never_goes_to_a_referrer(words):
    if words.audience != "staff":
        assert "what" not in words.fields


def test_immediate_risk_is_urgent():
    assert kinds()["protection_needed"].urgent


def test_a_kind_without_words_is_refused():
    with pytest.raises(Unwritable, match="no words for gossip"):
        render("gossip", {})


def test_what_is_said_comes_from_the_list():
    assert THINGS["decision"] in render("overdue", OVERDUE).body
    with pytest.raises(Unwritable, match="kinds of thing"):
        render("overdue", OVERDUE | {"what": "suicide attempt review"})


@pytest.mark.parametrize(("limit", "kind"), [("decision", "decision"), ("suicide_attempt_review", "next_step")])
def test_a_limit_we_have_never_heard_of_is_still_told_and_gives_nothing_away(limit, kind):
    assert THINGS[kind] in render("overdue", OVERDUE | {"what": thing(limit)}).body


def test_a_message_does_not_fail_for_want_of_a_configured_number():
    fields = fields_of(kinds()["chase_us"], ring=NUMBER_NOT_SET)
    assert f"Please ring {NUMBER_NOT_SET} and" in render("chase_us", fields).body


OVERDUE = {name: FIELDS[name] for name in kinds()["overdue"].fields}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"body": "{{ reference }} {{ link }} {{ child }}"}, "child"),
        ({"body": "{{ link }} about a child at risk {{ reference }}"}, "the body says child, risk"),
        ({"body": "{% if false %}The refuge.{% endif %}{{ link }}"}, "the body says refuge"),
        ({"body": "Only {{ reference }}"}, "declares link and never says it"),
        ({"body": "{{ reference }} {{ link }} {{ range(3) }}"}, "range"),
        ({"body": "{{ link"}, "tried.md.j2"),
        ({"body": ""}, "body"),
        ({"subject": '"To the duty team: {{ reference }}"'}, "the subject says duty, team"),
        ({"subject": "Look"}, "must carry the reference"),
        ({"subject": '"' + "Please look at this as soon as you can and answer: " + '{{ reference }}"'}, "at most"),
        ({"fields": "[reference, link, school]"}, "school"),
        ({"fields": "[reference, link, link]"}, "each once"),
        ({"fields": "[reference]", "body": "x", "urgent": "true"}, "acknowledged"),
        ({"channels": "[email, pigeon]"}, "pigeon"),
        ({"channels": "[]"}, "channels"),
        ({"audience": "press"}, "audience"),
        ({"urgent": "perhaps"}, "urgent"),
        ({"kind": "other"}, "named after its kind"),
        ({"title": "a: b"}, "not YAML"),
        ({"extra": "x"}, "extra"),
        ({"body": "{{ reference }} {{ link }}", "urgent": "false\nurgent: true"}, "stands twice"),
    ],
)
def test_unsafe_words_are_found_before_they_are_sent(tmp_path, changed, fault):
    faults = check_words(words_file(tmp_path, **changed))
    assert any(fault in found for found in faults), faults
    assert all(found.startswith("tried.md.j2: ") for found in faults)


def test_a_partnerships_own_safe_words_can_be_written(tmp_path):
    folder = words_file(tmp_path)
    assert check_words(folder) == []
    words = read_words(folder / "tried.md.j2")
    assert write(words, fields_of(words)).subject == "Look: K7Q-2041"


@pytest.mark.parametrize("text", ["", "no front matter", "---\n---\nx", "---\njust words\n---\nx", "---\na: 1\n"])
def test_a_file_without_front_matter_is_a_fault_not_a_crash(tmp_path, text):
    (tmp_path / "tried.md.j2").write_text(text, "utf-8")
    assert len(check_words(tmp_path)) == 1


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-24T16:10:45+00:00", "4:10pm on Tuesday 24 November 2026"),
        ("2026-07-01T16:00:00+00:00", "5pm on Wednesday 1 July 2026"),
        ("2026-07-01T11:00:00+00:00", "midday on Wednesday 1 July 2026"),
        ("2026-12-31T00:05:00+00:00", "12:05am on Thursday 31 December 2026"),
        ("2027-01-01T00:00:00+00:00", "the end of Thursday 31 December 2026"),
        ("2026-06-30T23:00:00+00:00", "the end of Tuesday 30 June 2026"),
    ],
)
def test_a_moment_is_said_in_london_time(moment, said):
    due = SAFE_FIELDS["due"]
    assert moment_in_words(datetime.fromisoformat(moment)) == said
    assert due.say(moment) == due.say(said) == said


def test_a_moment_without_its_zone_is_refused():
    naive = datetime(2026, 11, 24, 16, 10)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        moment_in_words(naive)
    with pytest.raises(Unwritable):
        SAFE_FIELDS["due"].say(naive)


@given(st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_moment_can_be_kept_as_said(moment):
    said = moment_in_words(moment)
    assert SAFE_FIELDS["due"].say(said) == said
