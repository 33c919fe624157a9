"""What is on one record, and what can be done about it?"""
