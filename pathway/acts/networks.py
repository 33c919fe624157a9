"""Which network does a request come from? Whatever one network may do in a while is counted by it."""

import ipaddress

ONE_HOME = 64
"""How much of an IPv6 address is the network: a home or an office has all the addresses behind it."""

LONGEST = 60


def network_of(address: str) -> str:
    """An IPv4 address as it stands, however it is written; of IPv6 the whole /64. Of a network, itself."""
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:LONGEST]
    if one.version == 6 and one.ipv4_mapped is not None:
        return str(one.ipv4_mapped)
    return str(ipaddress.ip_network((one, ONE_HOME), strict=False)) if one.version == 6 else str(one)
