"""``geungeo eval runs``: the runs that a store keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from geungeo.ui.cli.console import print_json, read_settings, share
from geungeo.ui.cli.options import JsonOption, StoreOption
from geungeo.ui.cli.stores import opened_store


def eval_runs(
    store: StoreOption = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write each into, as `--record` does.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """The runs that the Evals tab has made and compares, the oldest first.

    Example: `geungeo eval runs --out runs`, then `geungeo eval report runs/*.json --out page.html`
    """
    from geungeo.evals.kept_runs import KeptRuns
    from geungeo.evals.runs import record

    with opened_store(read_settings(store)) as opened:
        kept = KeptRuns.of(opened)
        kept.take_up()
        runs = kept.all()
    if out:
        for run in runs:
            record(out, run)
    rows: list[dict[str, Any]] = [
        {
            "at": run.at, "gold": run.gold, "commit": run.commit,
            "questions": len(run.cases), "accuracy": run.figures["all"].get("accuracy"),
        }
        for run in runs
    ]  # fmt: skip
    if as_json:
        print_json({"runs": rows})
        return
    for row in rows:
        typer.echo(f"{row['at']}  {row['questions']:>5}  {share(row['accuracy'])}  {row['gold']}")
