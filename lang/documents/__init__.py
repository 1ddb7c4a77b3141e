"""How documents are laid out and labelled in Korean, Chinese and English."""
