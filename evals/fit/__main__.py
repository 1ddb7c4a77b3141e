"""``python -m geungeo.evals.fit``."""

import typer

from geungeo.evals.fit.run import main

typer.run(main)
