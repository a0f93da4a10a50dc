"""The figures of a shop: defined once, counted from slim facts, each row with the ids behind it."""
