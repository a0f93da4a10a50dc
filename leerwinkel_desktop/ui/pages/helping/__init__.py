"""What helps when no passphrase opens the vault: the office, the sheet, a backup."""
