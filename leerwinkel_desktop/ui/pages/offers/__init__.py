"""The page Aanbod: courses and who gives them."""
