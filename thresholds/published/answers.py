"""Which questions about a contact can a rule ask, and what can be answered?

One name for each question, everywhere: in what comes in, in the facts that decide, in a rule's `when`,
and in what an example of need `tells`.
"""

from typing import Literal, get_args

YesNo = Literal["yes", "no", "unknown"]
Hours = Literal["in_hours", "out_of_hours"]
Disability = Literal["none", "mild_to_moderate", "substantial_and_lifelong", "uncertain", "unknown"]
SiblingGroup = Literal["large", "not_large", "unknown"]
Missing = Literal["missing_now", "found", "no", "unknown"]
Services = Literal["one", "several", "unclear", "unknown"]
Agreement = Literal["not_asked", "given", "refused", "not_safe_to_ask"]
RaisedBy = Literal["professional", "public", "family", "child", "unknown"]
How = Literal["telephone", "online", "written", "in_person", "unknown"]
Involvement = Literal["none", "early_help", "child_in_need", "protection_plan", "in_our_care", "unknown"]

ANSWERS: dict[str, tuple[str, ...]] = {
    "hours": get_args(Hours),
    "disability": get_args(Disability),
    "sibling_group": get_args(SiblingGroup),
    "others_at_risk": get_args(YesNo),
    "domestic_abuse": get_args(YesNo),
    "missing": get_args(Missing),
    "exploitation": get_args(YesNo),
    "services": get_args(Services),
    "agreement": get_args(Agreement),
    "raised_by": get_args(RaisedBy),
    "how": get_args(How),
    "involvement": get_args(Involvement),
    "repeated": get_args(YesNo),
}
"""Every question with a list of answers, and the answers."""

OPEN = ("early_help", "child_in_need", "protection_plan", "in_our_care")
"""The kinds of involvement in which somebody already works with the child."""

WORRYING: dict[str, tuple[str, ...]] = {
    "domestic_abuse": ("yes",),
    "missing": ("missing_now", "found"),
    "exploitation": ("yes",),
    "others_at_risk": ("yes",),
    "repeated": ("yes",),
}
"""The answers that are a worry in themselves, where a question has such."""
