"""Momenten: sitting days, fairs, workshops and what came of them."""
