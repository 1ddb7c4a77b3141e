"""The catalogue's statements for SQLite are those of its tables."""

import subprocess
import sys

from geungeo.vectorstore.sql import compiled
from geungeo.vectorstore.sql.compiling import compiled as made


def test_the_file_of_statements_is_what_is_made_of_them() -> None:
    told = "run: python -m geungeo.vectorstore.sql.compiling"
    assert compiled.FILE.read_text(encoding="utf-8") == made(), told


def test_a_store_in_a_folder_needs_no_sqlalchemy() -> None:
    code = (
        "import sys, geungeo.rag.assembly, geungeo.ingest;"
        "print(*{'sqlalchemy', 'alembic', 'psycopg'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
