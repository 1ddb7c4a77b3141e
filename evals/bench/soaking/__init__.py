"""The parts of a soak: a server and its memory, readers, documents that come and go."""
