"""What a person sees: one module for each page, none of which knows another."""
