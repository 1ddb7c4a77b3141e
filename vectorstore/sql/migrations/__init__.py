"""How the tables of a server's catalogue came to be what they are, by Alembic."""
