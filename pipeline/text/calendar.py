"""Dates in French words."""

import re

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?\Z")


def day(year: int, month: int, day_of_month: int) -> str:
    """`1er juillet 2026`; the day is bound to its month."""
    number = "1er" if day_of_month == 1 else str(day_of_month)
    return f"{number}\u00a0{MONTHS[month - 1]} {year}"


def day_in_words(date: str) -> str:
    """An ISO 8601 date or time as a day in words; anything else as it is."""
    found = _ISO.match(date.strip())
    if not found:
        return date
    year, month, day_of_month = (int(part) for part in found.groups())
    return day(year, month, day_of_month) if 1 <= month <= 12 and 1 <= day_of_month <= 31 else date
