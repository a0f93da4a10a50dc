"""The sections of the page that looks after the vault, its users and its laptops."""
