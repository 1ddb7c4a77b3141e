"""The doors of a running server: programs, pictures, limits."""
