"""How do services come into the directory? From a file or a feed: good ones in, bad ones back with every reason."""

from pathway.acts.directory.feed import Feed, read_feed
from pathway.acts.directory.listing import Body, Listing, read_file
from pathway.acts.directory.reading import SentBack
from pathway.acts.directory.taking import Imported, Source, check_may_import, refuse_import, take_services

__all__ = [
    "Body",
    "Feed",
    "Imported",
    "Listing",
    "SentBack",
    "Source",
    "check_may_import",
    "read_feed",
    "read_file",
    "refuse_import",
    "take_services",
]
