"""HWP 3, HWP 5 and HWPX: documents of Hangul, read to one model of paragraphs."""
