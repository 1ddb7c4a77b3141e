"""A model that reads a question and a passage together."""
