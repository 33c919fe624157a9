"""Is everything said that one edition has and another hasn't, and nothing else?"""

from thresholds import Change, Edition, changes


def other(edition: Edition, **sections: object) -> Edition:
    return edition.model_copy(update=sections)


def test_an_edition_differs_in_nothing_from_itself(exampleton: Edition):
    assert changes(exampleton, other(exampleton, note="Another note.")) == ()


def test_what_is_gone_on_one_side_is_new_on_the_other(exampleton: Edition):
    first, *rest = exampleton.indicators
    fewer = other(exampleton, indicators=tuple(rest))
    assert changes(exampleton, fewer) == (Change("indicators", first.id, "gone", first.words),)
    assert changes(fewer, exampleton) == (Change("indicators", first.id, "new", first.words),)


def test_what_changed_is_said_field_by_field(exampleton: Edition):
    limit, *rest = exampleton.limits
    tighter = limit.model_copy(update={"amount": limit.amount + 1, "hard": not limit.hard})
    (change,) = changes(exampleton, other(exampleton, limits=(tighter, *rest)))
    assert (change.section, change.id, change.how) == ("limits", limit.id, "changed")
    assert f"amount: {limit.amount} → {limit.amount + 1}" in change.now
    assert f"hard: {'yes → no' if limit.hard else 'no → yes'}" in change.now


def test_another_citation_alone_changes_nothing(exampleton: Edition):
    rule, *rest = exampleton.rules
    assert changes(exampleton, other(exampleton, rules=(rule.model_copy(update={"cite": "x 1"}), *rest))) == ()


def test_other_bank_holidays_are_said(exampleton: Edition):
    assert exampleton.bank_holidays is not None
    (change,) = changes(exampleton, other(exampleton, bank_holidays=None))
    assert change.section == "calendar"


def test_what_a_rule_asks_about_is_said_in_words(exampleton: Edition):
    rule = next(one for one in exampleton.rules if one.goes_to and one.when.hours != "out_of_hours")
    changed = rule.model_copy(update={"when": rule.when.model_copy(update={"hours": "out_of_hours"}), "goes_to": None})
    rules = tuple(changed if one is rule else one for one in exampleton.rules)
    (change,) = changes(exampleton, other(exampleton, rules=rules))
    assert any("hours out_of_hours" in one for one in change.now)
    assert any(one.endswith("→ nothing") for one in change.now)
