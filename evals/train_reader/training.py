"""The training itself: seeded, and taken up again where it was broken off."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from geungeo.errors import GeungeoError
from geungeo.evals.train_reader.batches import Batch, Data, States, batch_of
from geungeo.evals.train_reader.network import Matcher, Readings

QUESTION, WINDOW, LABEL = range(3)
# Windows of a batch are of like lengths, give or take so many tokens.
_UNLIKE = 15.0
_READ_AT_ONCE = 128
_WARMING_UP = 200
# A window's sentences weigh so many times what its own answer does.
_WEIGHT_OF_SENTENCES = 2.0

Rows = npt.NDArray[Any]
Say = Callable[[str], None]


class TrainingError(GeungeoError):
    """Training cannot go on; the message names the file."""


@dataclass(frozen=True)
class Plan:
    """``batch`` are examples at once; ``rate`` is the greatest learning rate."""

    epochs: int = 3
    batch: int = 64
    rate: float = 1.5e-3
    seed: int = 0
    device: str = "cpu"


class Trainer:
    """Trains a matcher on some of the examples of a file."""

    def __init__(self, data: Data, states: States, plan: Plan, chosen: Rows) -> None:
        torch.manual_seed(plan.seed)
        self._data, self._states, self._plan, self._chosen = data, states, plan, chosen
        self._examples, self._told = data.arrays["examples"], data.arrays["told"]
        self.rarity = data.rarity()
        self.network = Matcher(states.mean()).to(plan.device)
        self._optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=plan.rate, weight_decay=0.01
        )

    @property
    def _fingerprint(self) -> str:
        """What a training that was broken off has to share with the one that goes on."""
        plan = self._plan
        settings = (plan.epochs, plan.batch, plan.rate, plan.seed)
        examples = self._examples[self._chosen].tobytes()
        return hashlib.sha256(repr(settings).encode() + examples).hexdigest()

    def run(self, kept: Path, say: Say) -> None:
        """Train all epochs; after each the state is kept in a file, from which it goes on.

        Raises ``TrainingError`` where the file is of another training.
        """
        done = self._resume(kept)
        each = -(-len(self._chosen) // self._plan.batch)
        for epoch in range(done, self._plan.epochs):
            began, losses = time.monotonic(), []
            self.network.train()
            for step, chosen in enumerate(self._epoch(epoch), epoch * each):
                share = _share(step, each * self._plan.epochs)
                for group in self._optimizer.param_groups:
                    group["lr"] = self._plan.rate * share
                losses.append(self._step(chosen))
            mean = float(torch.stack(losses).mean())
            say(f"epoch {epoch + 1}: loss {mean:.4f}, {time.monotonic() - began:.0f} s")
            self._keep(kept, epoch + 1)

    def _epoch(self, epoch: int) -> Iterator[Rows]:
        """The examples of each batch of an epoch."""
        rng = np.random.default_rng((self._plan.seed, epoch))
        lengths = self._data.lengths("window")[self._examples[self._chosen, WINDOW]]
        order = np.argsort(lengths + rng.normal(0, _UNLIKE, len(lengths)), kind="stable")
        batches = [
            order[start : start + self._plan.batch]
            for start in range(0, len(order), self._plan.batch)
        ]
        rng.shuffle(batches)
        for own in batches:
            yield self._chosen[own]

    def _step(self, chosen: Rows) -> Tensor:
        rows = self._examples[chosen]
        batch = self._batch(rows[:, [QUESTION, WINDOW]])
        device = self._plan.device
        found = self._found(batch)
        bits = np.arange(found.sentences.shape[1], dtype=np.uint64)
        told = (self._told[chosen][:, None] >> bits[None]) & np.uint64(1)
        labels = torch.from_numpy(rows[:, LABEL].astype(np.float32)).to(device)
        sentences = torch.from_numpy(told.astype(np.float32)).to(device)
        there = batch.members.any(dim=2).to(device)
        cross = nn.functional.binary_cross_entropy_with_logits
        loss = cross(found.answers, labels)
        loss = loss + _WEIGHT_OF_SENTENCES * cross(found.sentences[there], sentences[there])
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        return loss.detach()

    def _batch(self, pairs: Rows) -> Batch:
        return batch_of(self._data, self._states, self.rarity, pairs)

    def _found(self, batch: Batch) -> Readings:
        found: Readings = self.network(*(one.to(self._plan.device) for one in batch.inputs))
        return found

    def read(self, pairs: Rows) -> tuple[npt.NDArray[np.float32], list[npt.NDArray[np.float32]]]:
        """Log-odds for questions with windows, and of each window's sentences."""
        self.network.eval()
        order = np.argsort(self._data.lengths("window")[pairs[:, 1]], kind="stable")
        answers = np.zeros(len(pairs), np.float32)
        sentences: list[npt.NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(pairs)
        for start in range(0, len(order), _READ_AT_ONCE):
            chosen = order[start : start + _READ_AT_ONCE]
            batch = self._batch(pairs[chosen])
            with torch.inference_mode():
                found = self._found(batch)
            answers[chosen] = found.answers.cpu().numpy()
            own, there = found.sentences.cpu().numpy(), batch.members.any(dim=2).sum(dim=1)
            for i, place in enumerate(chosen):
                sentences[place] = own[i][: int(there[i])]
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
