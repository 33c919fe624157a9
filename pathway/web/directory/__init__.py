"""What help is there for a family, and where does what we know of it come from?"""
