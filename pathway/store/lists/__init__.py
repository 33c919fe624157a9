"""What stands together, and what comes first? The board and everything else that is looked at side by side."""
