"""What the encoder says of each text, computed once and kept in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from geungeo.evals.train_reader.batches import Data, States, in_batches
from geungeo.evals.train_reader.network import Encoder
from geungeo.evals.train_reader.pretrained import Pretrained

# Tokens that are read at once.
_TOKENS = 3000
_SAID_EVERY = 50


def states_of(
    data: Data, start: Pretrained, layers: int, file: Path, device: str, say: Callable[[str], None]
) -> States:
    """The states of all questions and windows by the first layers of the model: those in the file,
    or else they are written there."""
    asked = len(data.arrays["questions"])
    if not file.exists():
        encoder = Encoder(start, layers).eval().to(device)
        words = torch.from_numpy(start.words.floats()).to(device)
        part = file.with_suffix(".part")
        shape = (asked + len(data.arrays["windows"]), encoder.width)
        found = np.lib.format.open_memmap(part, "w+", np.float16, shape)
        for kind, into in (("question", found[:asked]), ("window", found[asked:])):
            _read_all(data, kind, into, encoder, words, say)
        found.flush()
        part.rename(file)
    states = np.load(file, mmap_mode="r")
    return States(states[:asked], states[asked:])


def _read_all(
    data: Data, kind: str, into: np.ndarray, encoder: Encoder, words: torch.Tensor,
    say: Callable[[str], None],
) -> None:  # fmt: skip
    lengths = data.lengths(kind)
    batches = list(in_batches(lengths, _TOKENS))
    for number, chosen in enumerate(batches, 1):
        tokens = np.ones((len(chosen), int(lengths[chosen].max())), np.int64)
        there = np.arange(tokens.shape[1])[None] < lengths[chosen][:, None]
        tokens[there] = np.concatenate([data.tokens(kind, i) for i in chosen])
        mask = torch.from_numpy(there).to(words.device)
        with torch.inference_mode():
            read = encoder(words[torch.from_numpy(tokens).to(words.device)], mask)
        states = read.half().cpu().numpy()
        for row, i in enumerate(chosen):
            into[data.span(kind, i)] = states[row, : lengths[i]]
        if number % _SAID_EVERY == 0 or number == len(batches):
            say(f"{kind}s: {number} of {len(batches)} batches are read")
