"""The editors of one field each: what a person types into, and the value that comes out."""
