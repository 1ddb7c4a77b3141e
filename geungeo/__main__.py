"""``python -m geungeo`` is ``geungeo``."""

from geungeo.ui.cli.main import main

main()
