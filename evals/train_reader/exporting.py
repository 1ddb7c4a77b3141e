"""From trained weights to the one file that is shipped: an ONNX graph over token ids, its layers
in 8 bits, its words in 4, with the tokenizer in its metadata."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from geungeo.evals.train_reader.files import START
from geungeo.evals.train_reader.files import TOKENIZER as TOKENIZER_FILE
from geungeo.evals.train_reader.network import Network
from geungeo.evals.train_reader.pretrained import Blocks, Pretrained
from geungeo.rag.reading.reader import TOKENIZER

_OPSET = 18
INPUTS, OUTPUTS = ("tokens", "mask", "members"), ("answers", "sentences", "spans")


class Shipped(nn.Module):
    """The network with its words."""

    def __init__(self, network: Network, words: Blocks) -> None:
        super().__init__()
        self.network = network
        self.nibbles = nn.Buffer(torch.from_numpy(words.nibbles))
        self.scales = nn.Buffer(torch.from_numpy(words.scales))

    def forward(self, tokens: Tensor, mask: Tensor, members: Tensor) -> tuple[Tensor, ...]:
        packed = self.nibbles[tokens].float()
        high = torch.floor(packed / 16)
        values = torch.cat([packed - 16 * high, high], dim=3) - 8
        words = (values * self.scales[tokens].float()[..., None]).flatten(2)
        return tuple(self.network(words, mask, members))


def export(folder: Path, weights: Path, out: Path) -> None:
    """``folder`` is where the start and the tokenizer lie."""
    start = Pretrained.load(folder / START)
    with np.load(weights) as stored:
        state = {name: torch.from_numpy(stored[name].astype(np.float32)) for name in stored.files}
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    network = Network(start, layers)
    network.load_state_dict(state)
    shipped = Shipped(network, start.words).eval()
    tokens, mask = torch.ones(2, 48, dtype=torch.int64), torch.ones(2, 48, dtype=torch.bool)
    members = torch.full((2, 3, 48), 1 / 48)
    with tempfile.TemporaryDirectory(prefix="geungeo-export-") as scratch:
        whole = Path(scratch) / "whole.onnx"
        batch, length, sentences = (torch.export.Dim(n) for n in ("batch", "length", "sentences"))
        torch.onnx.export(
            shipped, (tokens, mask, members), str(whole), dynamo=True, verbose=False,
            opset_version=_OPSET, input_names=list(INPUTS), output_names=list(OUTPUTS),
            external_data=False, optimize=True,
            dynamic_shapes=(
                {0: batch, 1: length}, {0: batch, 1: length},
                {0: batch, 1: sentences, 2: length},
            ),
        )  # fmt: skip
        quantize_dynamic(
            whole, out, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
        )  # fmt: skip
    model = onnx.load(str(out))
    tokenizer = (folder / TOKENIZER_FILE).read_text(encoding="utf-8")
    onnx.helper.set_model_props(model, {TOKENIZER: tokenizer})
    onnx.save(model, str(out))
