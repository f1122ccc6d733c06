"""Dates in French words."""

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def day(year: int, month: int, day_of_month: int) -> str:
    """`1er juillet 2026`; the day is bound to its month."""
    number = "1er" if day_of_month == 1 else str(day_of_month)
    return f"{number}\u00a0{MONTHS[month - 1]} {year}"
