"""The months and days of English."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH = rf"(?:{'|'.join(MONTHS)})"
"""A month's whole name, for use in a pattern."""


def month_number(name: str) -> int:
    """The number of a month by its name or its first letters, in any case."""
    return next(i for i, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower()))
