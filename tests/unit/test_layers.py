"""Arrows point one way: no folder imports what the design says it knows nothing of."""

import ast

import pytest

from tests.conftest import ROOT

FORBIDDEN = {
    "vectorstore": {"ingest", "rag", "evals", "ui", "app", "gradio"},
    "ingest": {"rag", "evals", "ui", "app", "gradio", "chromadb"},
    "rag": {"gradio", "chromadb", "langchain_chroma", "tantivy", "ui"},
    "evals": {"gradio", "ui", "app"},
    "ui": {"chromadb", "langchain_chroma", "tantivy", "evals"},
}


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports(folder: str) -> None:
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            found = {name.split(".")[0] for name in names} & FORBIDDEN[folder]
            # The command line is where everything is put together.
            assert not found or file.name in ("cli.py", "console.py"), (file, found)
