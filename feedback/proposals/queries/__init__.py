"""What pages, the API and ballots ask of wishes."""
