"""Records, fields, code lists and rules in pure Python; imports nothing else of ours."""
