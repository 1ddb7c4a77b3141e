"""Question answering over document collections that proves what it says."""
