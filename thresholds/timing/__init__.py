"""When is it due, counted in the hours at which somebody is at work, and why then?"""
