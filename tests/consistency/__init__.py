"""What the house style asks of the whole code base, checked where a reviewer would tire.

A guard is a function over the text of a file, or over all texts by name; it yields each fault in words. Its test first
asserts that it found what it looks at (the numbers of the day it was written), so that no move can blind it, and a second
test plants the fault. Faults that are known and being mended stand in `known.py`.
"""
