"""A search with a question in words, as the retriever begins one."""

from geungeo.rag.question.expansion import Expander
from geungeo.vectorstore import Filter, Hit, Store


def search(store: Store, question: str, k: int, only: Filter | None = None) -> list[Hit]:
    return store.search(Expander.of(store).analyse(question), k, only)
