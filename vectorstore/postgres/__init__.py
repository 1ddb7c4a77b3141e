"""The catalogue on a PostgreSQL server, which several machines may share."""
