"""Who works here, who is away, and who is there now or tonight?"""
