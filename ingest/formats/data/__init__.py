"""Data rather than prose: tables of values, JSON, XML."""
