"""What Dutch people write, read: days, numbers, hours, codes, names and addresses, for every form and every importer alike.

Each reader takes what stands in a field or a cell and answers with one of three (`core.reading.answers`): what it means,
what it may mean, so that someone is asked, or why it means nothing here.
"""
