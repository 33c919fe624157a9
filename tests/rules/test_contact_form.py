"""Is a contact shown again the same contact, whatever was typed?"""

from hypothesis import given
from hypothesis import strategies as some
from taking import TAKE

from pathway.web.forms.contact_form import form_of, take_of
from pathway.web.forms.contact_steps import laid_over, steps, whose
from pathway.web.forms.form import Form
from pathway.web.forms.several import ADULTS, CHILDREN, held, how_many, with_another, without, without_blanks
from workflows.referral_facts import Take, TakenChild


@given(TAKE)
def test_what_was_told_shown_as_a_form_comes_to_what_was_told(take: Take) -> None:
    again, faults = take_of(form_of(take))
    assert faults == ()
    assert again == take


@given(TAKE)
def test_asked_one_thing_at_a_time_it_comes_to_the_same(take: Take) -> None:
    """Each page sends its own fields alone, in any order; together they are the long page."""
    form = form_of(take)
    kept = Form({name: values for name, values in form.fields.items() if name in (CHILDREN.counted, ADULTS.counted)})
    for page in reversed(steps(form)):
        own = Form({name: values for name, values in form.fields.items() if page.owns(name)})
        kept = laid_over(kept, own, page)
    assert take_of(kept) == take_of(form)


@given(TAKE)
def test_every_field_stands_on_one_page_and_no_other(take: Take) -> None:
    form = form_of(take)
    for name in form.fields:
        owners = [page.id for page in steps(form) if page.owns(name)]
        assert owners == ([] if name == CHILDREN.counted else [whose(form, name).id])


@given(TAKE, some.integers(0, 5))
def test_a_child_taken_out_leaves_the_others_as_they_were(take: Take, gone: int) -> None:
    after, _ = take_of(without(form_of(take), CHILDREN, gone))
    assert after is not None
    left = tuple(child for index, child in enumerate(take.children) if index != gone)
    assert after.children == left or (len(left) == 1 and left == (TakenChild(),))


@given(TAKE)
def test_somebody_of_whom_nothing_was_told_is_nobody(take: Take) -> None:
    form = with_another(form_of(take), ADULTS)
    assert take_of(without_blanks(form, ADULTS)) == take_of(form_of(take))
    assert how_many(without_blanks(form, ADULTS), ADULTS) == len(list(held(form, ADULTS))) == len(take.adults)
