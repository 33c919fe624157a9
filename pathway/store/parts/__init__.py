"""What is one record made of, and how much of each part may be shown? Views, their words, and what fills them."""
