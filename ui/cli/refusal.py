"""``geungeo eval refusal``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geungeo.ui.cli.console import print_json, progress, read_settings, share
from geungeo.ui.cli.options import AnswererOption, JsonOption


def eval_refusal(
    pools: Annotated[
        Path, typer.Argument(help="JSON lines: a question with its passages, as in NoMIRACL.")
    ],
    answerer: AnswererOption = None,
    as_json: JsonOption = False,
) -> None:
    """Whether questions are answered or refused as they should be, each from its own passages
    alone.

    Example: `geungeo eval refusal nomiracl/ko.jsonl`
    """
    from geungeo.evals.pools import read_pools
    from geungeo.evals.refusal import evaluate, figures

    with progress("questions") as update:
        settings = read_settings(None, answerer=answerer)
        result = figures(evaluate(read_pools(pools), settings, update))
    if as_json:
        print_json(result)
        return
    gpt4 = result.pop("gpt4", {})
    typer.echo(f"{'':<12}{'geungeo':>10}" + (f"{'GPT-4':>10}" if gpt4 else ""))
    for name, value in result.items():
        other = gpt4.get(name)
        cells = [value, other] if gpt4 else [value]
        typer.echo(f"{name:<12}" + "".join(f"{share(cell):>10}" for cell in cells))
