"""From a question to an answer with its grounds.

What is asked is read once, into a ``Question``: its text as it stands by itself, its language,
the words of it that the index knows, and what it wants and names. Everything after that takes
the ``Question``; ``Demands`` holds passages against it.

What is found goes through five records, each of which adds what its stage knows:

- ``Passage``, in a document: a stretch of its text as it was indexed, with its sentences;
- ``Hit``, from the store: a passage with its scores for the question;
- ``Candidate``, in the second stage: a hit with where the question's words stand in it;
- ``Evidence``, from then on: one sentence of a hit, or a run of them, with how well it fits;
  ``Retrieved`` holds all of a question's, with the probability that they answer it;
- ``Citation``, in the ``Answer``: a numbered quote, with all of its place and nothing of how it
  was found, as it is shown, sent and kept.

An answerer says ``Statement``s, each with its evidence; the chain numbers what they cite and
keeps them as the ``Sentence``s of the answer. ``Explanation`` puts all of it side by side.
"""
