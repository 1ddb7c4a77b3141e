"""What kind of answer a question wants: a reply, the catalogue, one document, or passages."""
