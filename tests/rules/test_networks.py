"""Is a home's network told from another's, however its address is written?"""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway.acts.networks import LONGEST, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_ipv4_address_is_a_network_and_of_ipv6_the_first_half_is(address: str, network: str) -> None:
    assert network_of(address) == network


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_whichever_address_behind_one_router_it_is_the_same_network(one: ipaddress.IPv6Address, other: int) -> None:
    beside = ipaddress.IPv6Address(int(one) >> 64 << 64 | other)
    assert network_of(str(one)) == network_of(str(beside)) or one.ipv4_mapped or beside.ipv4_mapped


@given(st.ip_addresses() | st.text(max_size=200))
def test_a_network_fits_its_place_and_is_its_own_network(address: object) -> None:
    assert len(network_of(str(address))) <= LONGEST
    assert network_of(network_of(str(address))) == network_of(str(address))
