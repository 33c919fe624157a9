"""What do families, other agencies and anybody in the street come for?"""
