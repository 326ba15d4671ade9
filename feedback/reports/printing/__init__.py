"""The first page of a report as one prints it: A4, and the pictures in Wednesday's mail."""
