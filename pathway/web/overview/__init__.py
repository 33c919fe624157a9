"""What stands together for whoever works, manages or looks after others’ work?"""
