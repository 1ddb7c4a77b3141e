"""Files that hold files: archives, and mails with what is attached."""
