"""What is asked now, what is known already, what is left, and what changed since?"""
