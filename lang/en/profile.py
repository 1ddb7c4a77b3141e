"""English as data."""

from __future__ import annotations

import re

from geungeo.lang.en.instructions import INSTRUCTIONS
from geungeo.lang.profile import Profile, Reckoned, Replies, Said

ENGLISH = Profile(
    code="en",
    own_name="English",
    language_names={"ko": "Korean", "zh": "Chinese", "en": "English"},
    name=re.compile(r"[A-Z][A-Za-zÀ-ÿ'’. -]+"),
    frame_words=frozenset(
        (
            "name date year day time number person people many much long use used use held hold "
            "be say said call called set put take took get give kind type total currently current "
            "each under up out more most such between according before still must per without"
        ).split()
    ),
    units={
        "": "", "count": "", "percent": "%", "KRW": " KRW", "USD": " USD", "EUR": " EUR",
        "GBP": " GBP",
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
    scales={},
    between_scales="",
    said=Said(
        no_answer="The answer is not in these documents.",
        missing="Not in these documents: {}",
        claimed="This is what a party claims ({}):",
        differ="The documents differ: ",
        write_answer="Then write the answer in English.",
        left_out="Sentences of the model that are not in the documents and were left out: {n}.",
    ),
    instructions=INSTRUCTIONS,
    replies=Replies(
        hello="Hello. I look for answers in the {n} documents here and show the sentences that "
        "they rest on, word for word. Ask me anything about them.",
        welcome="Glad that it helped. Ask on if there is more.",
        document="There is one document.",
        documents="There are {n} documents.",
        dealing="These documents deal with it:",
        newest="The newest:",
        oldest="The oldest:",
        more="And {n} more.",
        none="There is no such document. There are {n} in all.",
        undated="{n} documents without a known date are not among them.",
        organisations="The documents come from:",
        types="The kinds of documents:",
        languages="The languages of the documents:",
        unknown="unknown",
        central="The central sentences of “{title}”:",
        summary="Summary of “{title}”:",
        contents="Contents",
        which="Which document do you mean? Tell me its title or its file.",
    ),
    reckoned=Reckoned(
        greatest="{label} {value}: the greatest of {n} rows",
        least="{label} {value}: the least of {n} rows",
        latest="{label} {value}: the latest of {n} rows",
        earliest="{label} {value}: the earliest of {n} rows",
        sum="{label}: {value} in total ({n} rows)",
        mean="{label}: {value} on average ({n} rows)",
        count="{n} (rows of the table)",
        difference="{label}: a difference of {value}",
    ),
)  # fmt: skip
