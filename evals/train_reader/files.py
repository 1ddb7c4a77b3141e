"""The files that one step of training writes and the next one takes, and what is in them."""

START, EXAMPLES, TOKENIZER = "start.npz", "examples.npz", "tokenizer.json"
WEIGHTS = "-weights.npz"
"""After the names of the folds that were left out."""

FOLDS = ("documents", "statutes", "korean", "foreign", "invented")
"""What is left out together: questions on the same documents, or on documents of one kind."""

CASE, PLACE, QUESTION, WINDOW = range(4)
"""The columns of ``watched``."""

OF_QUESTION, OF_WINDOW, LABEL = range(3)
"""The columns of ``examples``."""
