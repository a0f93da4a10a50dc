"""The command line: one module for each group of commands, on the same services as the window."""
