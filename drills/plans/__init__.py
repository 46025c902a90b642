"""The drill of learning plans, goals and consent."""
