"""Questions without an index behind them."""

import numpy as np

from geungeo.rag.question.question import Question
from geungeo.vectorstore import Query, QueryTerm


def question(text: str, *terms: QueryTerm) -> Question:
    """A question that stands by itself, with the words that an index would know of it."""
    return Question(text, text, Query(text, terms, np.zeros(4, dtype=np.float32)), text)
