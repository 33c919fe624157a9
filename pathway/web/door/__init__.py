"""Who has come, what may they open, and how does an answer reach them?"""
