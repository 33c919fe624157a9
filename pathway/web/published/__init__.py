"""What is published here, and how does it come to be in force?"""
