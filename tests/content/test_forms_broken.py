"""Does a broken form say what is wrong, in its own file and line, and how to mend it?"""

# ruff: noqa: E501 - one case a line reads better than one case over six

import shutil
from pathlib import Path

import pytest

from thresholds import Fault, check_documents
from thresholds.gathering.documents import PACKAGE

FORMS = "formshire/2026-04-01/forms"
ASSESSMENT = "early-help-assessment.yaml"

SIDES = ("health", "education-and-learning", "emotional-and-behavioural", "identity", "basic-care", "housing-and-money")
FOOTING = "cite: exampleton-decisions 1, basis: local decision"
DOCUMENT = f"""authority: formshire
authority_name: Formshire (invented)
status: invented
in_force_from: 2026-04-01
sources:
  - {{id: exampleton-decisions, title: Decisions, publisher: Formshire, date: null, status: invented, certainty: read}}
domains:
  - id: sides
    name: Sides
    cite: exampleton-decisions 1
    basis: local decision
    dimensions:
      - {
    '''
      - '''.join(f"{{id: {side}, name: {side}, {FOOTING}}}" for side in SIDES)
}
"""

CASES = {
    "waits for itself": ("opens_when: [{question: child-seen, any_of: [\"no\"]}]", "opens_when: [{question: child-not-seen-why, any_of: [\"no\"]}]", "waits for an answer to itself", "take the condition out"),
    "waits for nothing": ("opens_when: [{question: child-seen, any_of: [\"no\"]}]", "opens_when: [{question: child-sen, any_of: [\"no\"]}]", "the form has no such question", "Correct the name"),
    "waits for no answer there is": ("opens_when: [{question: child-seen, any_of: [\"no\"]}]", "opens_when: [{question: child-seen, any_of: [never]}]", "“never”, which child-seen can't be answered with", "Use one of: yes, no, not_known"),
    "waits for words": ("opens_when: [{question: child-seen, any_of: [\"no\"]}]", "opens_when: [{question: child-own-words, any_of: [\"no\"]}]", "takes any words", "answers to choose from"),
    "waits for other people": ("opens_when: [{question: child-seen, any_of: [\"no\"]}]", "of: each_adult, opens_when: [{question: child-seen, any_of: [\"no\"]}]", "“of” is given twice", "Keep one"),
    "light waits for what isn't": ("asks: \"Why not?\", kind: words,", "asks: \"Why not?\", kind: words, light: true,", "is in the light-touch form, and waits for child-seen, which isn't", "Make both light"),
    "a circle": ("asks: \"Was the child seen without their parents?\", kind: yes_no, of: each_child,", "asks: \"Was the child seen without their parents?\", kind: yes_no, of: each_child, opens_when: [{question: registered, any_of: [\"yes\"]}],", "", ""),
    "question twice": ("id: child-hopes", "id: child-seen", "stands twice", "another id"),
    "option twice": ("{id: half, words: About half the time or less}", "{id: mostly, words: About half the time or less}", "has the option “mostly” twice", "another id"),
    "suggests what can't be chosen": ("rating: more, because: \"Somebody may be exploiting them sexually.\"", "rating: lots, because: \"Somebody may be exploiting them sexually.\"", "suggests “lots”, which isn't one of its options", "Use one of: one-service, several, more"),
    "suggestion that waits for nothing": ("{question: young-carer, any_of: [\"yes\"]}], rating: several", "{question: young-carrer, any_of: [\"yes\"]}], rating: several", "the form has no such question", "Correct the name"),
    "choice without options": ("kind: yes_no, of: each_child, concept: talking-worry", "kind: choice, of: each_child, concept: talking-worry", "fewer than two options", "Change one or the other"),
    "options where none are chosen from": ("        kind: choice\n", "        kind: words\n", "it has options, and words takes none", "Change one or the other"),
    "suggests where nothing is rated": ("        kind: rating\n", "        kind: choice\n", "it suggests a rating, and it is choice", "Change one or the other"),
    "a side of life nobody knows": ("dimension: housing-and-money", "dimension: house", "no dimension has that id", "correct the name"),
    "no such source": ("cite: exampleton-decisions 24\n", "cite: exampletown-decisions 24\n", "“exampletown-decisions” is named here", "correct the name"),
    "another name than its file": ("id: early-help-assessment\n", "id: early-help\n", "The file is called early-help-assessment.yaml, and the form in it early-help", "Call both the same"),
    "not YAML": ("purpose: assessment\n", "purpose: [assessment\n", "can't be read as YAML", "Put that line right"),
    "no purpose": ("purpose: assessment\n", "", "has no purpose", "Add purpose"),
    "filled in by nobody": ("filled_by: practitioner", "filled_by: anybody", "filled_by can't be read", "one of"),
}  # fmt: skip
del CASES["a circle"], CASES["waits for other people"]  # each has a test of its own


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented partnership's forms under the smallest document that they can stand beside."""
    edition = tmp_path / "authorities/formshire/2026-04-01"
    shutil.copytree(PACKAGE / "authorities/exampleton/2026-04-01/forms", edition / "forms")
    (edition / "document.yaml").write_text(DOCUMENT)
    return tmp_path / "authorities"


def change(folder: Path, old: str, new: str, name: str = ASSESSMENT) -> int:
    """Change the first `old` in a form; the number of the line it stood on."""
    file = folder / FORMS / name
    text = file.read_text()
    assert old in text, f"{old!r} isn't in {name} any more"
    file.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def the_fault(folder: Path) -> Fault:
    (fault,) = check_documents(folder)
    return fault


@pytest.mark.parametrize(("old", "new", "sentence", "mend"), CASES.values(), ids=CASES)
def test_one_fault_is_said_with_the_form_s_file_and_line(folder: Path, old: str, new: str, sentence: str, mend: str):
    line = change(folder, old, new)
    found = check_documents(folder)
    said = next(fault for fault in found if sentence in fault.sentence)
    assert said.file == f"authorities/{FORMS}/{ASSESSMENT}"
    assert line - 4 <= said.line <= line + 1, "what is about the whole entry stands where the entry begins"
    assert mend in said.mend


def test_questions_that_wait_for_one_another_are_one_circle(folder: Path):
    old = 'id: child-seen, asks: "Was the child seen without their parents?", kind: yes_no,'
    change(folder, old, old + ' opens_when: [{question: registered, any_of: ["yes"]}],')
    old = 'id: registered, asks: "Are they registered with a doctor and a dentist?", kind: yes_no,'
    change(folder, old, old + ' opens_when: [{question: child-seen, any_of: ["yes"]}],')
    fault = the_fault(folder)
    assert "These questions wait for one another: child-seen → registered → child-seen." in fault.sentence
    assert fault.mend == "Let one of them be asked always."


def test_a_question_about_each_adult_cannot_wait_for_one_about_each_child(folder: Path):
    old = 'id: child-not-seen-why, asks: "Why not?", kind: words, of: each_child,'
    change(folder, old, old.replace("each_child", "each_adult"))
    assert (
        "is asked of each adult, and waits for child-seen, which is asked of each child" in the_fault(folder).sentence
    )


def test_a_form_with_nothing_in_it_is_said(folder: Path):
    (folder / FORMS / "empty.yaml").write_text("")
    fault = the_fault(folder)
    assert (fault.file, fault.sentence) == (f"authorities/{FORMS}/empty.yaml", "The file is empty.")


def test_a_form_where_nobody_reads_it_is_said(folder: Path):
    (folder / FORMS / "more").mkdir()
    (folder / FORMS / "more/how.yaml").write_text("id: how\n")
    (folder / "formshire/2026-04-01/form.yaml").write_text("id: form\n")
    assert {Path(fault.file).name for fault in check_documents(folder)} == {"how.yaml", "form.yaml"}


def test_several_faults_in_several_forms_are_said_at_once_each_in_its_file(folder: Path):
    for name in ("how-i-see-things.yaml", "how-we-see-things.yaml", ASSESSMENT):
        change(folder, "kind: own_words", "kind: any_words", name)
    assert {Path(fault.file).name for fault in check_documents(folder)} == {
        "how-i-see-things.yaml", "how-we-see-things.yaml", ASSESSMENT,
    }  # fmt: skip
