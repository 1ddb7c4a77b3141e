"""A small collection about city diplomacy, with questions on it."""
