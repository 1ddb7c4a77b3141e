"""``geungeo eval refusal``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geungeo.ui.cli.console import JsonOption, known_errors, print_json, progress, read_settings


def eval_refusal(
    pools: Annotated[
        Path, typer.Argument(help="JSON lines: a question with its passages, as in NoMIRACL.")
    ],
    answerer: Annotated[
        str | None, typer.Option(help="extractive, local or openai.  [GEUNGEO_ANSWERER]")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Whether questions are answered or refused as they should be, each from its own passages
    alone.

    Example: `geungeo eval refusal nomiracl/ko.jsonl`
    """
    from geungeo.evals.pools import PoolsError, read_pools
    from geungeo.evals.refusal import evaluate, figures

    with known_errors(PoolsError), progress("questions") as update:
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
        typer.echo(f"{name:<12}" + "".join(f"{'–' if c is None else c:>10}" for c in cells))
