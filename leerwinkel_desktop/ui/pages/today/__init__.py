"""Vandaag and the agenda: what asks for attention now, and what is planned."""
