"""Is this a telephone number, a postcode, a web address? Small checks of what is published; each raises a sentence."""

import re
from datetime import time
from urllib.parse import urlsplit

POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")
DISTRICT = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
SOUTH, NORTH, WEST, EAST = 49.0, 61.5, -9.0, 2.5
"""The United Kingdom lies between these."""

ELSEWHERE = "This isn’t in the United Kingdom. Look whether latitude and longitude are exchanged."


def postcode_in(text: str) -> tuple[str, str]:
    """A whole postcode and its district; the district alone where no more is written; two empty texts for neither."""
    plain = " ".join(text.upper().split())
    if whole := POSTCODE.fullmatch(plain):
        return f"{whole[1]} {whole[2]}", whole[1]
    return ("", plain) if DISTRICT.fullmatch(plain) else ("", "")


def check_postcode(text: str) -> str:
    whole, _ = postcode_in(text)
    if text and not whole:
        raise ValueError("This isn’t a postcode. Write it like EX1 1AA, or leave it out.")
    return whole


def check_web_address(text: str) -> str:
    """Only what a browser opens as a page; never a script."""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if text and (parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"]", text)):
        raise ValueError("This isn’t a web address. Write it whole, such as https://example.org/page.")
    return text


def check_email(text: str) -> str:
    if text and not EMAIL.fullmatch(text):
        raise ValueError("This isn’t an email address. Write it like name@example.org, or leave it out.")
    return text


def check_number(text: str) -> str:
    if text and not 3 <= sum(one.isdigit() for one in text) <= 20:
        raise ValueError("This isn’t a telephone number. Write the number alone; words go into its description.")
    return text


def check_time(text: str) -> str:
    """As hours and minutes; a zone that comes with it is passed over, since what is published here is meant here."""
    if not text:
        return text
    try:
        return time.fromisoformat(text).strftime("%H:%M")
    except ValueError:
        raise ValueError("This isn’t a time. Write hours and minutes, such as 09:30.") from None


def check_latitude(value: float) -> float:
    if value != 0 and not SOUTH <= value <= NORTH:
        raise ValueError(ELSEWHERE)
    return value


def check_longitude(value: float) -> float:
    if not WEST <= value <= EAST:
        raise ValueError(ELSEWHERE)
    return value
