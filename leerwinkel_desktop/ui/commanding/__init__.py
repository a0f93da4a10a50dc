"""What can be done from everywhere: declared once, for the command palette, the keys and their list."""
