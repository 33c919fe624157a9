"""Is what was half typed still there?"""

import made

from pathway.acts import keep_draft, receive
from pathway.store.drafts import my_drafts


def test_what_is_typed_after_a_draft_became_a_record_is_a_draft_of_its_own(house: made.House) -> None:
    ada = house.viewer("ada")
    first = keep_draft(house.desk, ada, form="/contacts/new", body={"worry": ["One child"]})
    receive(house.desk, ada, take=made.take(), draft=first)
    second = keep_draft(house.desk, ada, form="/contacts/new", body={"worry": ["The next child"]}, draft=first)
    with house.desk.database.reading() as session:
        (kept,) = my_drafts(session, ada)
    assert (kept.ref, kept.fields) == (second, {"worry": ["The next child"]})
    assert second != first
