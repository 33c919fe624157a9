"""By which fields does one entry name another, and in which section does that one stand?"""

NAMING = {
    "band": "bands",
    "level": "levels",
    "raises_to": "levels",
    "for_levels": "levels",
    "dimension": "dimensions",
    "at_other_ages": "indicators",
    "also_means": "indicators",
    "through": "destinations",
    "goes_to": "destinations",
    "also": "destinations",
    "counting": "countings",
    "ladder": "ladders",
    "office_hours": "office_hours",
    "limit": "limits",
    "for_limits": "limits",
    "overall_limit": "limits",
    "high_risk_limit": "limits",
    "gap": "gaps",
}
"""Dimensions are no section of their own: they stand within domains."""
