"""How is each answer that a rule can ask for said to people?"""

ANSWER_WORDS: dict[str, dict[object, str]] = {
    "immediate": {True: "it may be immediate", False: "nothing immediate is noted"},
    "level_known": {True: "a level is known", False: "no level is known yet"},
    "already_open": {True: "the child is open already", False: "the child isn't open"},
    "unborn": {True: "the child isn't born yet", False: "the child is born"},
    "hours": {"in_hours": "in office hours", "out_of_hours": "out of office hours"},
    "disability": {
        "none": "no disability",
        "mild_to_moderate": "a mild to moderate disability",
        "substantial_and_lifelong": "a substantial and lifelong disability",
        "uncertain": "a disability whose nature is uncertain",
        "unknown": "not known whether the child is disabled",
    },
    "sibling_group": {
        "large": "a large sibling group",
        "not_large": "no large sibling group",
        "unknown": "not known how many brothers and sisters",
    },
    "others_at_risk": {
        "yes": "other children are at risk",
        "no": "no other child is at risk",
        "unknown": "not known whether other children are at risk",
    },
    "domestic_abuse": {
        "yes": "domestic abuse",
        "no": "no domestic abuse",
        "unknown": "not known whether there is domestic abuse",
    },
    "missing": {
        "missing_now": "missing now",
        "found": "was missing and is found",
        "no": "not missing",
        "unknown": "not known whether the child is missing",
    },
    "exploitation": {
        "yes": "exploitation, or a risk of it",
        "no": "no exploitation",
        "unknown": "not known whether there is exploitation",
    },
    "services": {
        "one": "one service can meet the need",
        "several": "the need takes several services",
        "unclear": "unclear how many services it takes",
        "unknown": "not known how many services it takes",
    },
    "agreement": {
        "not_asked": "the family hasn't been asked",
        "given": "the family agrees",
        "refused": "the family doesn't agree",
        "not_safe_to_ask": "it isn't safe to ask the family",
    },
    "raised_by": {
        "professional": "raised by a professional",
        "public": "raised by a member of the public",
        "family": "raised by the family",
        "child": "raised by the child",
        "unknown": "not known who raised it",
    },
    "how": {
        "telephone": "by telephone",
        "online": "online",
        "written": "in writing",
        "in_person": "in person",
        "unknown": "not known how it came",
    },
    "involvement": {
        "none": "nobody is involved",
        "early_help": "early help is involved",
        "child_in_need": "a child in need plan",
        "protection_plan": "a child protection plan",
        "in_our_care": "the child is in our care",
        "unknown": "not known who is involved",
    },
    "repeated": {"yes": "one of several contacts", "no": "not repeated", "unknown": "not known whether it is repeated"},
}
"""Every answer that a rule can ask for, as people say it."""
