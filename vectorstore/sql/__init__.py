"""The catalogue in SQL: its tables and statements, once for SQLite and PostgreSQL."""
