"""From trained weights to the one file that is shipped: an ONNX graph that reads a text, its
layers in 8 bits, its words in 4, with the tokenizer and the graph that compares in its metadata."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from geungeo.evals.train_reader.files import START
from geungeo.evals.train_reader.files import TOKENIZER as TOKENIZER_FILE
from geungeo.evals.train_reader.network import Encoder, Layers, Matcher, Network
from geungeo.evals.train_reader.pretrained import Blocks, Pretrained
from geungeo.rag.reading.reader import MATCHER, TOKENIZER

_OPSET = 18


class _Reads(nn.Module):
    """The encoder with its words."""

    def __init__(self, encoder: Encoder, last: Layers, words: Blocks) -> None:
        super().__init__()
        self.encoder, self.last = encoder, last
        self.nibbles = nn.Buffer(torch.from_numpy(words.nibbles))
        self.scales = nn.Buffer(torch.from_numpy(words.scales))

    def forward(self, tokens: Tensor) -> Tensor:
        packed = self.nibbles[tokens].float()
        high = torch.floor(packed / 16)
        values = torch.cat([packed - 16 * high, high], dim=3) - 8
        words = (values * self.scales[tokens].float()[..., None]).flatten(2)
        there = torch.ones_like(tokens, dtype=torch.bool)
        states: Tensor = self.last(self.encoder(words, there), there)
        return states


class _Matches(nn.Module):
    """The matcher for one question and one window."""

    def __init__(self, matcher: Matcher, rarity: np.ndarray) -> None:
        super().__init__()
        self.matcher = matcher
        self.rarity = nn.Buffer(torch.from_numpy(rarity))

    def forward(
        self, tokens: Tensor, asked: Tensor, shown: Tensor, members: Tensor
    ) -> tuple[Tensor, ...]:
        inner = (self._inner(part) for part in (asked, shown))
        asks, shows = inner
        return tuple(self.matcher(asked, self.rarity[tokens], asks, shown, shows, members))

    def _inner(self, states: Tensor) -> Tensor:
        """True for all tokens but the marks around them."""
        count = states.shape[1]
        places = torch.arange(count)
        return ((places > 0) & (places < count - 1))[None]


def export(folder: Path, weights: Path, out: Path) -> None:
    """``folder`` is where the start and the tokenizer lie."""
    start = Pretrained.load(folder / START)
    with np.load(weights) as stored:
        state = {name: stored[name] for name in stored.files}
    kept, rarity = int(state.pop("kept")), state.pop("rarity")
    known = np.full(len(start.words.scales), rarity.max(), np.float32)
    known[: len(rarity)] = rarity
    encoder, last = Encoder(start, kept), Layers(start, range(kept, start.layers))
    matcher = Matcher(torch.from_numpy(state["matcher.mean"]))
    network = Network(last, matcher)
    network.load_state_dict({name: torch.from_numpy(own) for name, own in state.items()})
    tokens = torch.ones(1, 24, dtype=torch.int64)
    asked, shown = torch.ones(1, 24, encoder.width), torch.ones(1, 48, encoder.width)
    members = torch.ones(1, 3, 48, dtype=torch.bool)
    asks, shows, count = (torch.export.Dim(name) for name in ("asks", "shows", "sentences"))
    with tempfile.TemporaryDirectory(prefix="geungeo-export-") as scratch:
        whole, compares = Path(scratch) / "reads.onnx", Path(scratch) / "compares.onnx"
        _write(
            _Reads(encoder, last, start.words), (tokens,), whole, ("tokens",), ("states",),
            ({1: asks},),
        )  # fmt: skip
        _write(
            _Matches(matcher, known), (tokens, asked, shown, members), compares,
            ("tokens", "asked", "shown", "members"), ("answers", "sentences"),
            ({1: asks}, {1: asks}, {1: shows}, {1: count, 2: shows}),
        )  # fmt: skip
        quantize_dynamic(
            whole, out, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
        )  # fmt: skip
        matcher_file = base64.b64encode(_bare(compares).SerializeToString()).decode()
    model = _bare(out)
    tokenizer = (folder / TOKENIZER_FILE).read_text(encoding="utf-8")
    onnx.helper.set_model_props(model, {TOKENIZER: tokenizer, MATCHER: matcher_file})
    onnx.save(model, str(out))


def _bare(file: Path) -> onnx.ModelProto:
    """A model without what its exporter notes of the source, paths among it."""
    model = onnx.load(str(file))
    for part in (model.graph, *model.graph.node, *model.graph.value_info, *model.functions):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    return model


def _write(
    module: nn.Module, inputs: tuple[Tensor, ...], file: Path, names: Sequence[str],
    outputs: Sequence[str], shapes: tuple[Any, ...],
) -> None:  # fmt: skip
    torch.onnx.export(
        module.eval(), inputs, str(file), dynamo=True, verbose=False, opset_version=_OPSET,
        input_names=list(names), output_names=list(outputs), external_data=False, optimize=True,
        dynamic_shapes=shapes,
    )  # fmt: skip
