"""``python -m rag`` is ``geungeo``."""

from rag.cli import main

main()
