"""How is a worry taken in, gone on with, told more of, or brought from a spreadsheet?"""
