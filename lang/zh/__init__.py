"""Chinese: Mandarin readings."""
