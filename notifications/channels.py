"""Which ways out are there? One line each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from notifications.console import ConsoleChannel
from notifications.outgoing import Channel
from notifications.smtp import SmtpChannel
from notifications.wording import Words

CHANNELS: Mapping[str, Callable[..., Channel]] = MappingProxyType(
    {
        "console": ConsoleChannel,
        "smtp": SmtpChannel,
    }
)


def open_channel(name: str, **settings: object) -> Channel:
    """The channel of this name; raises `ValueError` for a name or setting there is not."""
    if name not in CHANNELS:
        raise ValueError(f"There is no channel called {name}; there are {', '.join(CHANNELS)}.")
    try:
        return CHANNELS[name](**settings)
    except TypeError as fault:
        raise ValueError(f"The channel {name} does not take these settings: {fault}") from fault


def may_carry(channel: Channel, words: Words) -> bool:
    """Whether this kind of message may go this way."""
    return bool(channel.carries & set(words.channels))
