"""What does one document's folder say, and is what stands in its files well written?"""
