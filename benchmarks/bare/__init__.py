"""The yardstick: what a Django developer writes to show the same rows, without account, rights, filters or words.

Each view reads the rows that our page shows, with the ORM and its usual preloading, and prints the same cells in a
template. No middleware, no context processors, no translation: HTML around a table. What is counted or summed is counted
by the database, as anyone would who looks at it twice.
"""
