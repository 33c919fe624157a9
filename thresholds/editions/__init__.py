"""What holds for an authority on a day, where does it say so, and what does another say instead?"""
