"""What is in force here? Editions as they were adopted, how each was agreed, and the process a record runs by."""
