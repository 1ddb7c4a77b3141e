"""``python app.py`` is ``geungeo chat``."""

import sys

from geungeo.ui.cli.main import app

if __name__ == "__main__":
    app(["chat", *sys.argv[1:]])
