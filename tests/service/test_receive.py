"""Is a worry taken in whole, or not at all?"""

import made

from pathway.acts import receive


def test_a_worry_taken_in_has_somebody_answerable_and_a_clock(house: made.House) -> None:
    done = receive(house.desk, house.viewer("ada"), take=made.take())
    assert done.version == 1
