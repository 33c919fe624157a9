"""Is the table that earlier records run on still, to the letter, what they were pinned to?"""

from workflows import REFERRAL, TABLES, process_pinned
from workflows.past.referral_one_ask import REFERRAL_ONE_ASK

ONE_ASK = "3cad4915b1b2b97342622ceda32d765d7dcc331f74e8a563d599e738f5b09dfd"


def test_the_referral_in_which_asking_was_a_state_is_as_it_was() -> None:
    assert REFERRAL_ONE_ASK.hash == ONE_ASK
    assert TABLES[ONE_ASK] is REFERRAL_ONE_ASK


def test_a_record_pinned_to_it_waits_for_information_as_it_did() -> None:
    then = process_pinned("referral", ONE_ASK)
    assert then.state("awaiting_information").leads == "receive_information"
    assert "awaiting_information" not in {state.name for state in REFERRAL.states}
