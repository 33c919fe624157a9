"""What is there to read? Views through access; nothing here writes."""
