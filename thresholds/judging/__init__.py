"""What does an edition advise for this child, why, and what would change it?"""
