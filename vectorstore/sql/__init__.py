"""The catalogue, and what is kept beside it, in SQL: tables and statements, once for SQLite and
PostgreSQL."""
