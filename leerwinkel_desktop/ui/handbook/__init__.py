"""The handbook inside the program (F1)."""
