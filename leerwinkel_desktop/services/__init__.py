"""What a user can do, one module for each intention, without a window."""
