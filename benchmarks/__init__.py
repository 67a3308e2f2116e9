"""How fast it is: `make bench`. Nothing here fails on a time; figures are for people to read.

Each module measures one thing and yields `Figure`s; `__main__` prints them as one table, ratios first.
"""
