"""Pieces of the chat page; ``app.py`` puts them together."""
