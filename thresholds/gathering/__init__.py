"""Which documents are there, do they hold together, and what do they come to?"""
