"""English as data."""

from __future__ import annotations

import re

from geungeo.lang.profile import Profile, Said

ENGLISH = Profile(
    code="en",
    own_name="English",
    name=re.compile(r"[A-Z][A-Za-zÀ-ÿ'’. -]+"),
    frame_words=frozenset(
        (
            "name date year day time number person people many much long use used use held hold "
            "be say said call called set put take took get give kind type total currently current "
            "each"
        ).split()
    ),
    units={
        "": "", "count": "", "percent": "%", "KRW": " KRW", "USD": " USD", "EUR": " EUR",
        "JPY": " JPY", "CNY": " CNY", "m2": " m²", "km2": " km²", "hectare": " hectares",
        "pyeong": " pyeong", "m": " m", "km": " km", "cm": " cm", "kg": " kg", "tonne": " tonnes",
        "celsius": " °C", "year": " years", "month": " months", "week": " weeks", "day": " days",
        "hour": " hours", "minute": " minutes", "second": " seconds", "age": " years old",
        "person": " people", "vehicle": " vehicles", "times": " times",
    },
    more_than="more than {}",
    about="about {}",
    date={"day": "{}", "month": "{name}", "year": "{}"},
    between_parts=" ",
    said=Said(
        no_answer="The answer is not in these documents.",
        missing="Not in these documents: {}",
        differ="The documents differ: ",
        write_answer="Then write the answer in English.",
    ),
)  # fmt: skip
