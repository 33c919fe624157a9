"""What does one record come to? The whole of it, its history, and what those outside hear."""
