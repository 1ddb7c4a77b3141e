"""The training itself: seeded, and taken up again where it was broken off."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from geungeo.errors import GeungeoError
from geungeo.evals.train_reader.batches import Batch, Data, States, Texts, batch_of
from geungeo.evals.train_reader.files import LABEL, OF_QUESTION, OF_WINDOW
from geungeo.evals.train_reader.grouping import Groups
from geungeo.evals.train_reader.network import Layers, Matcher, Network, Readings

_READ_AT_ONCE = 256
_WARMING_UP = 200
# Windows whose states stand for those of all.
_SAMPLED = 200
# A window's sentences weigh so many times what its own answer does.
_WEIGHT_OF_SENTENCES = 2.0

Rows = npt.NDArray[Any]
Say = Callable[[str], None]


class TrainingError(GeungeoError):
    """Training cannot go on; the message names the file."""


@dataclass(frozen=True)
class Plan:
    """``rate`` and ``rate_of_layers`` are the greatest learning rates of the matcher and of the
    encoder's last layers."""

    epochs: int = 3
    rate: float = 1.5e-3
    rate_of_layers: float = 5e-5
    seed: int = 0
    device: str = "cpu"


class Trainer:
    """Trains the last layers of the encoder, and a matcher over them, on some of the examples of a
    file; ``states`` are those below these layers."""

    def __init__(self, data: Data, states: States, last: Layers, plan: Plan, chosen: Rows) -> None:
        torch.manual_seed(plan.seed)
        self._data, self._states, self._plan, self._chosen = data, states, plan, chosen
        self._examples, self._told = data.arrays["examples"], data.arrays["told"]
        self._groups = Groups(self._examples, chosen)
        self.rarity = data.rarity()
        last = last.to(plan.device)
        self.network = Network(last, Matcher(self._mean(last))).to(plan.device)
        rates = ((self.network.matcher, plan.rate), (last, plan.rate_of_layers))
        self._optimizer = torch.optim.AdamW(
            [
                {"params": list(part.parameters()), "lr": rate, "greatest": rate}
                for part, rate in rates
            ],
            weight_decay=0.01,
        )

    def _mean(self, last: Layers) -> Tensor:
        """Of the states of some windows, of shape (width,)."""
        count = len(self._data.arrays["window_ends"])
        sampled = range(0, count, max(1, count // _SAMPLED))
        rows = [self._states.windows[self._data.span("window", i)] for i in sampled]
        texts = Texts.of(rows).to(self._plan.device)
        with torch.inference_mode():
            mean: Tensor = last(texts.states, texts.there)[texts.there].mean(dim=0)
        return mean.clone()

    @property
    def _fingerprint(self) -> str:
        """What a training that was broken off has to share with the one that goes on."""
        plan, layers = self._plan, len(self.network.last.layers)
        settings = (plan.epochs, plan.rate, plan.rate_of_layers, plan.seed, layers)
        examples = self._examples[self._chosen].tobytes()
        return hashlib.sha256(repr(settings).encode() + examples).hexdigest()

    def run(self, kept: Path, say: Say) -> None:
        """Train all epochs; after each the state is kept in a file, from which it goes on.

        Raises ``TrainingError`` where the file is of another training.
        """
        done = self._resume(kept)
        each = len(self._groups)
        for number in range(done, self._plan.epochs):
            began, losses = time.monotonic(), []
            self.network.train()
            rng = np.random.default_rng((self._plan.seed, number))
            for step, chosen in enumerate(self._groups.epoch(rng), number * each):
                share = _share(step, each * self._plan.epochs)
                for group in self._optimizer.param_groups:
                    group["lr"] = group["greatest"] * share
                losses.append(self._step(chosen))
            mean = float(torch.stack(losses).mean())
            say(f"epoch {number + 1}: loss {mean:.4f}, {time.monotonic() - began:.0f} s")
            self._keep(kept, number + 1)

    def _step(self, chosen: Rows) -> Tensor:
        rows = self._examples[chosen]
        batch = self._batch(rows[:, [OF_QUESTION, OF_WINDOW]])
        device = self._plan.device
        found: Readings = self.network(batch)
        bits = np.arange(found.sentences.shape[1], dtype=np.uint64)
        told = (self._told[chosen][:, None] >> bits[None]) & np.uint64(1)
        labels = torch.from_numpy(rows[:, LABEL].astype(np.float32)).to(device)
        sentences = torch.from_numpy(told.astype(np.float32)).to(device)
        there = batch.members.any(dim=2)[batch.pairs[:, 1]]
        cross = nn.functional.binary_cross_entropy_with_logits
        loss = cross(found.answers, labels)
        loss = loss + _WEIGHT_OF_SENTENCES * cross(found.sentences[there], sentences[there])
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        for group in self._optimizer.param_groups:
            nn.utils.clip_grad_norm_(group["params"], 1.0)
        self._optimizer.step()
        return loss.detach()

    def _batch(self, pairs: Rows) -> Batch:
        return batch_of(self._data, self._states, self.rarity, pairs).to(self._plan.device)

    def read(self, pairs: Rows) -> tuple[npt.NDArray[np.float32], list[npt.NDArray[np.float32]]]:
        """Log-odds for questions with windows, and of each window's sentences."""
        self.network.eval()
        # Those on one window at once, which is then read once; windows of like lengths.
        order = np.lexsort((pairs[:, 1], self._data.lengths("window")[pairs[:, 1]]))
        answers = np.zeros(len(pairs), np.float32)
        sentences: list[npt.NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(pairs)
        for start in range(0, len(order), _READ_AT_ONCE):
            chosen = order[start : start + _READ_AT_ONCE]
            batch = self._batch(pairs[chosen])
            with torch.inference_mode():
                found: Readings = self.network(batch)
            answers[chosen] = found.answers.cpu().numpy()
            own = found.sentences.cpu().numpy()
            counts = batch.members.any(dim=2).sum(dim=1)[batch.pairs[:, 1]].tolist()
            for i, place in enumerate(chosen):
                sentences[place] = own[i][: counts[i]]
        return answers, sentences

    def _resume(self, kept: Path) -> int:
        if not kept.exists():
            return 0
        state = torch.load(kept, map_location=self._plan.device, weights_only=True)
        if state["fingerprint"] != self._fingerprint:
            raise TrainingError(
                f"{kept}: begun with other settings or examples; remove it, or name another --out"
            )
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        return int(state["epochs"])

    def _keep(self, kept: Path, epochs: int) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "fingerprint": self._fingerprint,
            "epochs": epochs,
        }
        torch.save(state, kept.with_suffix(".part"))
        kept.with_suffix(".part").rename(kept)


def _share(step: int, total: int) -> float:
    """Of the learning rate: rising for some steps, then falling to nothing."""
    rising = min(1.0, (step + 1) / min(_WARMING_UP, max(1, total // 10)))
    return rising * 0.5 * (1 + math.cos(math.pi * step / max(1, total)))
