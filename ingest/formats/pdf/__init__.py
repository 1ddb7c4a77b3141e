"""PDF: the letters of a page put together to lines and tables; forms; OCR of scanned pages."""
