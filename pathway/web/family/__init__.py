"""Who is this child, who is their family, and are two of them one?"""
