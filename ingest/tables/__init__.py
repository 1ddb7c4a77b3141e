"""Tables as rows that can be read alone."""

from geungeo.ingest.tables.grid import Cell, plain_cells
from geungeo.ingest.tables.rows import table_blocks

__all__ = ["Cell", "plain_cells", "table_blocks"]
