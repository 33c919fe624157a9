"""What can a document say, and how is each thing in it written?"""
