"""A store in one folder: vectors in Chroma, terms in tantivy, the catalogue in SQLite."""
